// The parts of `npm run check`. Each is one command; `inputs` says what it depends on, so that a part that was green and
// whose inputs are the same is not run again. A fresh clone has no cache and runs everything.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { hashFiles, listFiles, readText, writeFileSafely } from './files.mjs';
import { inRoot, root } from './paths.mjs';
import { plain, run } from './run.mjs';

const cache = (name) => inRoot('.cache', name);
const bin = (name) => inRoot('node_modules', '.bin', name);

export const longestFile = 500;
const source = /\.([cm]?[jt]sx?|scss|css|sql)$/;

function sourceFiles() {
  return ['apps', 'libs', 'test', 'tools']
    .flatMap((folder) => listFiles(inRoot(folder)))
    .filter((file) => source.test(file));
}

const rootFiles = () =>
  readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => inRoot(entry.name));

const everything = () => [
  ...['apps', 'libs', 'test', 'tools', 'docs'].flatMap((name) => listFiles(inRoot(name))),
  ...rootFiles(),
];

const command = (program, args, env) => async () => {
  const { code, output } = await run(bin(program), args, {
    allowFailure: true,
    env: { ...plain, ...env },
  });
  return { ok: code === 0, output };
};

const typeCheck = (name, project) => ({
  name: `tsc ${name}`,
  work: command('tsc', [
    '-p',
    project,
    '--noEmit',
    '--pretty',
    'false',
    '--incremental',
    '--tsBuildInfoFile',
    cache(`tsc-${name}.tsbuildinfo`),
  ]),
});

/** No file is longer than a person reads in one go; counts all lines, also in data and tests. */
async function fileLengths() {
  const tooLong = sourceFiles()
    .map((file) => ({ file, lines: readFileSync(file, 'utf8').split('\n').length - 1 }))
    .filter(({ lines }) => lines > longestFile);
  const name = (file) => relative(root, file).split(sep).join('/');
  return {
    ok: tooLong.length === 0,
    output: tooLong
      .map(({ file, lines }) => `${name(file)}: ${lines} lines, at most ${longestFile}`)
      .join('\n'),
  };
}

export function checks() {
  const apps = ['hall', 'miniapp'].filter((app) => existsSync(inRoot('apps', app, 'tsconfig.json')));
  const folders = ['apps', 'libs', 'test'].filter((folder) => existsSync(inRoot(folder)));
  return [
    { name: 'file length', work: fileLengths },
    {
      name: 'prettier',
      work: command('prettier', [
        '--check',
        '--log-level=warn',
        '--cache',
        '--cache-location',
        cache('prettier'),
        '.',
      ]),
    },
    {
      name: 'imports',
      work: command('depcruise', [
        '--config',
        '.dependency-cruiser.cjs',
        '--output-type',
        'err',
        ...folders.slice(0, 2),
      ]),
    },
    typeCheck('api', 'tsconfig.json'),
    ...apps.map((app) => typeCheck(app, `apps/${app}/tsconfig.json`)),
    typeCheck('hooks', 'test/hooks/tsconfig.json'),
    // Its own cache would be wrong here: a type-aware rule looks into other files than the one it reports on.
    {
      name: 'eslint',
      work: command('eslint', ['--max-warnings', '0', '.'], { NODE_OPTIONS: '--max-old-space-size=4096' }),
    },
  ];
}

/** Runs one part, or not if it was green on exactly these files. Resolves `{ ok, output, unchanged? }`. */
export async function runCheck({ name, work }, hash) {
  const stamp = cache(`green-${name.replace(/\W+/g, '-')}`);
  if (readText(stamp) === hash) return { ok: true, output: '', unchanged: true };
  mkdirSync(inRoot('.cache'), { recursive: true });
  const result = await work();
  if (result.ok) writeFileSafely(stamp, hash);
  else rmSync(stamp, { force: true });
  return result;
}

/** Everything that any part reads, in one hash. */
export const inputsHash = () => hashFiles(everything(), root, process.version);
