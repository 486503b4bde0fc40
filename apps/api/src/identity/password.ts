import { hash, verify } from '@node-rs/argon2';

/** Argon2id with 19 MiB, two passes, one lane: OWASP Password Storage Cheat Sheet. A hash carries its own parameters. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const LEAST_LENGTH = 10;
const KINDS = [/\p{L}/u, /\d/, /[^\p{L}\d]/u];

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), COST);
}

export async function isPassword(stored: string, password: string): Promise<boolean> {
  return verify(stored, password.normalize('NFKC'));
}

let decoy: Promise<string> | undefined;

/** As long as a real check, for a name that doesn't exist: the time must not tell which names do. */
export async function checkNothing(password: string): Promise<void> {
  decoy ??= hashPassword('nobody has this password');
  await isPassword(await decoy, password);
}

/** At least ten characters of two kinds (letters, digits, others), without the user name in it. */
export function isStrongPassword(password: string, username: string): boolean {
  const lower = password.toLowerCase();
  return (
    [...password].length >= LEAST_LENGTH &&
    KINDS.filter((kind) => kind.test(password)).length >= 2 &&
    !lower.includes(username.toLowerCase())
  );
}
