import { chownSync, existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { readText } from './files.mjs';

/**
 * Who runs the database and Redis: ourselves, or, when we are root, an unprivileged user (mysql, else nobody), provided
 * that this user can reach the folder at all (a checkout under /root can't be).
 */
export function serverUser(folder) {
  if (process.getuid?.() !== 0 || !reachable(folder)) return {};
  const accounts = (readText('/etc/passwd') ?? '').split('\n').map((line) => line.split(':'));
  const account = accounts.find(([name]) => name === 'mysql') ?? accounts.find(([name]) => name === 'nobody');
  return account ? { uid: Number(account[2]), gid: Number(account[3]) } : {};
}

export function giveTo(user, ...paths) {
  if (user.uid === undefined) return;
  for (const path of paths) if (existsSync(path)) chownSync(path, user.uid, user.gid);
}

function reachable(folder) {
  for (let path = folder; ; path = dirname(path)) {
    if (existsSync(path) && (statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
