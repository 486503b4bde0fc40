// Jest 30 on Node 20 cannot run native ES modules without flags, so everything, ours and the ESM packages in
// node_modules, is turned into CommonJS by swc; the transformer leaves files alone that are CommonJS already.
module.exports = {
  rootDir: __dirname,
  testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/test/**/*.test.tsx'],
  testEnvironment: 'node',
  globalSetup: '<rootDir>/test/support/global-setup.cjs',
  transform: { '\\.[cm]?[jt]sx?$': '<rootDir>/test/support/swc-transform.cjs' },
  transformIgnorePatterns: [],
  moduleNameMapper: {
    // For the hooks of the phone: Taro's packages run in a bundle only, and of the platform's twins the browser's are taken.
    '^@tarojs/taro$': '<rootDir>/test/hooks/support/taro.ts',
    '^(.*/platform)/(address|calendar|login|parting|payment|position|scan|socket|speech|subscribe|vibrate)$':
      '$1/$2.h5',
    // What WeChat would ask is written down by the tests' platform and answered there.
    '^(.*/platform)/ask$': '$1/ask.weapp',
    '\\.s?css$': '<rootDir>/test/hooks/support/style.cjs',
    '^@haoban/contracts/routes$': '<rootDir>/libs/contracts/src/routes.ts',
    '^@haoban/(api|miniapp|hall)/(.*)$': '<rootDir>/apps/$1/src/$2',
    '^@haoban/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  extensionsToTreatAsEsm: [],
  modulePathIgnorePatterns: ['/dist/', '<rootDir>/.data/'],
  // A limit for what hangs; on two busy cores a test that takes two seconds alone may take thirty.
  testTimeout: 120_000,
};
