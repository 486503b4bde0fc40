// node tools/build.mjs [--api] [--hall] [--h5] [--weapp]   Without a flag: api, hall and h5, which is what `npm start` needs.
import './lib/node-version.mjs';
import { pathToFileURL } from 'node:url';
import { printFailure, say, step } from './lib/log.mjs';
import { inRoot } from './lib/paths.mjs';
import { run, stopCommands } from './lib/run.mjs';
import { packagesToTranspile, transpilePackage } from './lib/transpile.mjs';
import { buildApp } from './lib/web-build.mjs';

const apps = {
  hall: { app: 'hall', script: 'build', output: 'dist', proof: 'index.html' },
  h5: { app: 'miniapp', script: 'build:h5', output: 'dist/h5', proof: 'index.html' },
  weapp: { app: 'miniapp', script: 'build:weapp', output: 'dist/weapp', proof: 'app.json' },
};

/** Builds what is stale among the wanted parts; each prints one line with its time. */
export async function build(wanted) {
  if (wanted.api) {
    await step('build api and libraries', async () => {
      const done = await Promise.all(packagesToTranspile().map(transpilePackage));
      return done.some(Boolean) ? '' : 'unchanged';
    });
  }
  const chosen = Object.keys(apps).filter((name) => wanted[name]);
  await Promise.all(chosen.map((name) => step(`build ${name}`, () => buildApp(apps[name]))));
  if (wanted.weapp)
    await run(process.execPath, [inRoot('apps/miniapp/scripts/check-sizes.mjs')], { onLine: say });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const flags = process.argv.slice(2).map((flag) => flag.replace(/^--/, ''));
  const unknown = flags.filter((flag) => flag !== 'api' && !(flag in apps));
  const names = flags.length > 0 ? flags : ['api', 'hall', 'h5'];
  try {
    if (unknown.length > 0)
      throw new Error(`Unknown flag --${unknown[0]}; there are --api --hall --h5 --weapp`);
    await build(Object.fromEntries(names.map((name) => [name, true])));
  } catch (error) {
    stopCommands();
    printFailure(error);
    process.exitCode = 1;
  }
}
