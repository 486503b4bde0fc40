import { randomInt } from 'node:crypto';

/** Subset of what WeChat takes in a scene, without look-alikes: whoever can't scan is told it over the phone. */
const ALPHABET = '34679ACDEFGHJKMNPQRTWXY';
const LENGTH = 8;
const SCENE = new RegExp(`^[${ALPHABET}]{${LENGTH}}$`);

/** 78 thousand million values; it opens nothing that is not public, so it need not be secret, only unlike the others. */
export function newScene(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}

/** What came with the page, perhaps typed by hand; undefined where it can be none of ours. */
export function readScene(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
  return SCENE.test(plain) ? plain : undefined;
}
