import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { hashFiles, readText, writeFileSafely } from './files.mjs';
import { UserError } from './log.mjs';
import { inRoot, root } from './paths.mjs';
import { run } from './run.mjs';

const stamp = inRoot('node_modules', '.haoban-lock');

function inputs() {
  const workspaces = ['apps', 'libs'].flatMap((group) =>
    readdirSync(inRoot(group)).map((name) => inRoot(group, name, 'package.json')),
  );
  return [
    inRoot('package.json'),
    inRoot('package-lock.json'),
    inRoot('.npmrc'),
    ...workspaces.filter(existsSync),
  ];
}

/**
 * Installs the npm packages when they are missing or older than the lockfile and the package.json files. Not `npm ci`: it
 * refuses a lockfile that lacks the binaries for other platforms than the one it was made on, which npm itself leaves
 * out when the registry has none of the version (npm/cli issue 4828). `--no-save` takes the locked versions and leaves
 * the lockfile as it is.
 */
export async function installPackages() {
  const hash = hashFiles(inputs(), root, process.versions.modules);
  if (readText(stamp) === hash) return 'up to date';
  try {
    await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error']);
  } catch (error) {
    throw new UserError(
      `The npm packages could not be installed.\n${error.message}\n` +
        `Is the registry (${registry()}) reachable? After that, run the same command again.`,
    );
  }
  writeFileSafely(stamp, hash);
  return 'installed';
}

function registry() {
  const own = existsSync(inRoot('.npmrc')) ? readFileSync(inRoot('.npmrc'), 'utf8') : '';
  return (
    process.env.npm_config_registry ?? /^registry=(.*)$/m.exec(own)?.[1] ?? 'https://registry.npmjs.org/'
  );
}
