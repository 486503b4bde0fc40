// The api and the libraries are transpiled file by file, src/ to dist/: no bundle, so stack traces and imports stay as
// written. Types are checked by `npm run check`, not here.
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { hashFiles, listFiles, readText, writeFileSafely } from './files.mjs';
import { inRoot } from './paths.mjs';

const options = {
  swcrc: false,
  configFile: false,
  sourceMaps: true,
  inlineSourcesContent: false,
  module: { type: 'es6' },
  jsc: {
    target: 'es2022',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true },
    // Nest injects by the types in the decorators' metadata; TypeORM needs fields without `define` semantics.
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
};

export function packagesToTranspile() {
  const libraries = readdirSync(inRoot('libs')).map((name) => inRoot('libs', name));
  return [...libraries, inRoot('apps', 'api')].filter((folder) => existsSync(join(folder, 'src')));
}

/** Brings `<folder>/dist` up to date with `<folder>/src`; true if there was something to do. */
export async function transpilePackage(folder) {
  const source = join(folder, 'src');
  const target = join(folder, 'dist');
  const stamp = join(target, '.hash');
  const { transformFile, version } = await import('@swc/core');
  const files = listFiles(source);
  const hash = hashFiles(files, source, JSON.stringify([version, options]));
  if (readText(stamp) === hash) return false;
  rmSync(stamp, { force: true });

  const written = new Set([stamp]);
  const write = (file, content) => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    written.add(file);
  };
  await Promise.all(
    files.map(async (file) => {
      const output = join(target, relative(source, file));
      if (/\.d\.ts$/.test(file)) return;
      if (!file.endsWith('.ts')) return write(output, readFileSync(file));
      const script = output.replace(/\.ts$/, '.js');
      const { code, map } = await transformFile(file, {
        ...options,
        filename: file,
        sourceFileName: relative(dirname(script), file),
      });
      write(script, `${code}\n//# sourceMappingURL=${script.slice(dirname(script).length + 1)}.map\n`);
      write(`${script}.map`, map);
    }),
  );
  for (const file of listFiles(target)) if (!written.has(file)) rmSync(file);
  writeFileSafely(stamp, hash);
  return true;
}
