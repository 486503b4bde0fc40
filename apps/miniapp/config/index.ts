import path from 'node:path';
import { defineConfig } from '@tarojs/cli';

const root = path.resolve(__dirname, '../../..');
// Workspace packages are TypeScript sources: Taro compiles nothing outside src/ that it isn't told of.
const libraries = ['domain', 'contracts', 'client'].map((name) => path.join(root, 'libs', name, 'src'));
const alias = {
  '@haoban/domain': path.join(root, 'libs/domain/src/index.ts'),
  '@haoban/contracts/routes': path.join(root, 'libs/contracts/src/routes.ts'),
  '@haoban/contracts': path.join(root, 'libs/contracts/src/index.ts'),
  '@haoban/client': path.join(root, 'libs/client/src/index.ts'),
};

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
  plugins: [],
  alias,
  logger: { quiet: true, stats: false },
  mini: {
    compile: { include: libraries },
    optimizeMainPackage: { enable: true },
    postcss: { pxtransform: { enable: true, config: {} }, cssModules: { enable: false } },
    webpackChain(chain) {
      chain.merge({ resolve: { extensionAlias: { '.js': ['.ts', '.tsx', '.js'] } } });
    },
  },
  h5: {
    publicPath: '/',
    staticDirectory: 'static',
    router: { mode: 'browser' },
    compile: { include: libraries },
    postcss: { autoprefixer: { enable: true }, cssModules: { enable: false } },
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
