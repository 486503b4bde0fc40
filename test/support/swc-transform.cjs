const { createTransformer } = require('@swc/jest');

const jsc = (syntax) => ({
  parser: syntax,
  transform: {
    legacyDecorator: true,
    decoratorMetadata: true,
    useDefineForClassFields: false,
    react: { runtime: 'automatic' },
  },
  target: 'es2022',
  keepClassNames: true,
});
const typescript = createTransformer({
  module: { type: 'commonjs' },
  jsc: jsc({ syntax: 'typescript', tsx: false, decorators: true }),
});
const tsx = createTransformer({
  module: { type: 'commonjs' },
  jsc: jsc({ syntax: 'typescript', tsx: true, decorators: true }),
});
const esm = createTransformer({ module: { type: 'commonjs' }, jsc: jsc({ syntax: 'ecmascript' }) });

const looksEsm = /^\s*(import\b|export\b)|\bimport\.meta\b|[;}]\s*(import|export)[\s{*]/m;

function pick(source, file) {
  if (file.endsWith('.tsx')) return tsx;
  if (/\.[cm]?ts$/.test(file)) return typescript;
  return looksEsm.test(source) ? esm : null;
}

module.exports = {
  process(source, file, options) {
    const transformer = pick(source, file);
    return transformer ? transformer.process(source, file, options) : { code: source };
  },
  getCacheKey(source, file, options) {
    return typescript.getCacheKey(source, file, options) + (pick(source, file) ? '1' : '0');
  },
};
