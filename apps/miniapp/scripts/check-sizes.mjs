// node scripts/check-sizes.mjs [dist/weapp]   Prints the size of each package of the built mini-program; exits with 1 where one is too large.
// WeChat allows 2 MB a package; ours are far smaller, so that the first page is there in a second on a slow line.
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const KB = 1024;
export const limits = { main: 700 * KB, sub: 300 * KB };

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

/** `[{ name, bytes, limit }]`, the main package first. */
export function packageSizes(dist) {
  const app = JSON.parse(readFileSync(join(dist, 'app.json'), 'utf8'));
  const roots = (app.subPackages ?? []).map(({ root }) => root.replace(/\/$/, ''));
  const sizes = new Map([['main', 0], ...roots.map((root) => [root, 0])]);
  for (const file of filesOf(dist)) {
    // Left out of an upload (project.config.json, packOptions).
    if (file.endsWith('.LICENSE.txt') || file.endsWith('.hash')) continue;
    const home = roots.find((root) => file.startsWith(join(dist, root) + '/')) ?? 'main';
    sizes.set(home, sizes.get(home) + statSync(file).size);
  }
  return [...sizes].map(([name, bytes]) => ({
    name,
    bytes,
    limit: name === 'main' ? limits.main : limits.sub,
  }));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const dist = resolve(process.argv[2] ?? fileURLToPath(new URL('../dist/weapp', import.meta.url)));
  const sizes = packageSizes(dist);
  for (const { name, bytes, limit } of sizes) {
    const text = `${(bytes / KB).toFixed(0).padStart(5)} KB of ${limit / KB}`;
    console.log(`${text}  ${name}${bytes > limit ? '   TOO LARGE' : ''}`);
  }
  if (sizes.some(({ bytes, limit }) => bytes > limit)) process.exitCode = 1;
}
