import path from 'node:path';
import { defineConfig } from '@tarojs/cli';

const root = path.resolve(__dirname, '../../..');
const inLibs = (...parts: string[]) => path.join(root, 'libs', ...parts);
// Workspace packages are TypeScript sources: Taro compiles nothing outside src/ that it isn't told of.
const libraries = ['domain', 'contracts', 'client', 'design'].map((name) => inLibs(name, 'src'));
const alias = {
  '@haoban/domain': inLibs('domain/src/index.ts'),
  '@haoban/contracts/routes': inLibs('contracts/src/routes.ts'),
  '@haoban/contracts': inLibs('contracts/src/index.ts'),
  '@haoban/client': inLibs('client/src/index.ts'),
  '@haoban/design/tokens.css': inLibs('design/src/tokens.css'),
  '@haoban/design': inLibs('design/src/tokens.ts'),
  '@': path.resolve(__dirname, '../src'),
};

/** Where the mini-program finds the API; the browser uses its own origin. Without it: a developer's machine. */
const apiBase = process.env.TARO_ENV === 'h5' ? '' : (process.env.HAOBAN_API ?? 'http://127.0.0.1:3000');

export default defineConfig({
  projectName: 'haoban',
  date: '2026-11-22',
  designWidth: 375,
  deviceRatio: { 375: 2, 640: 1.17, 750: 1, 828: 0.905 },
  sourceRoot: 'src',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  plugins: process.env.TARO_ENV === 'weapp' ? [path.resolve(__dirname, 'aria-plugin.ts')] : [],
  alias,
  defineConstants: { HAOBAN_API: JSON.stringify(apiBase) },
  logger: { quiet: true, stats: false },
  mini: {
    compile: { include: [...libraries, __dirname] },
    optimizeMainPackage: { enable: true },
    // Sizes are real pixels and follow the person's type size (styles/base.scss), not the width of the screen.
    postcss: { pxtransform: { enable: false, config: {} }, cssModules: { enable: false } },
    webpackChain(chain) {
      chain.merge({ resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } } });
    },
  },
  h5: {
    publicPath: '/',
    staticDirectory: 'static',
    // Any static server will do: the server never sees the page's address.
    router: { mode: 'hash' },
    compile: { include: libraries },
    postcss: {
      autoprefixer: { enable: true },
      pxtransform: { enable: false, config: {} },
      cssModules: { enable: false },
    },
    webpackChain(chain) {
      chain.merge({ resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } } });
      // npm nests this one below the app, because of another package's vite; taro-h5 at the root asks for it.
      chain.resolve.modules.add('node_modules').add(path.resolve(__dirname, '../node_modules'));
      // Without it every page's chunk repeats the runtime.
      chain.optimization.splitChunks({
        chunks: 'all',
        cacheGroups: {
          vendors: { name: 'vendors', test: /[\\/]node_modules[\\/]/, enforce: true, chunks: 'all' },
        },
      });
    },
  },
});
