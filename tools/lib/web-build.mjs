import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashFiles, listFiles, readJson, readText, writeFileSafely } from './files.mjs';
import { UserError } from './log.mjs';
import { inRoot, root } from './paths.mjs';
import { plain, run } from './run.mjs';

/** What goes into a screen app: its own files, the shared libraries and the exact packages. */
function inputs(app) {
  const shared = ['domain', 'contracts', 'client', 'design'].flatMap((name) =>
    listFiles(inRoot('libs', name, 'src')),
  );
  return [...listFiles(inRoot('apps', app)), ...shared, inRoot('package-lock.json')];
}

/**
 * Runs the app's own build script unless nothing changed since its last success. `proof` is a file that a build that did
 * its work leaves behind: taro exits with 0 also when it built nothing. Resolves the note for the progress line.
 */
export async function buildApp({ app, script, output, proof }) {
  const folder = inRoot('apps', app);
  if (readJson(join(folder, 'package.json'))?.scripts?.[script] === undefined)
    return `skipped: no script ${script} yet`;
  const target = join(folder, output);
  const stamp = join(target, '.hash');
  const hash = hashFiles(inputs(app), root);
  if (readText(stamp) === hash && existsSync(join(target, proof))) return 'unchanged';
  const { output: log } = await run('npm', ['run', script, '--workspace', `@haoban/${app}`], {
    env: { NODE_ENV: 'production', ...plain },
  });
  if (!existsSync(join(target, proof))) {
    throw new UserError(`The build of ${app} left no ${output}/${proof}:\n${log.slice(-3000)}`);
  }
  writeFileSafely(stamp, hash);
  return '';
}
