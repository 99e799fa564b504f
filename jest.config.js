const transform = {
  '^.+\\.tsx?$': [
    '@swc/jest',
    {
      jsc: {
        parser: { syntax: 'typescript', tsx: true },
        target: 'es2023',
        transform: { react: { runtime: 'automatic' } },
      },
    },
  ],
};

const project = {
  transform,
  rootDir: __dirname,
  testEnvironment: 'node',
  // Jest would warn of each global that a library still holds after its file.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.data/'],
  // uuid and its like ship ES modules only for browsers; node_modules stays as published.
  transformIgnorePatterns: ['/node_modules/'],
};

/** Two projects, so that the servers of `int` are started only when one of its tests is selected. */
module.exports = {
  // Two cores: one for the test, one for the servers that it talks to.
  maxWorkers: 2,
  // Real servers on a busy machine take longer than Jest's five seconds, and nothing is wrong.
  testTimeout: 60_000,
  projects: [
    {
      ...project,
      displayName: 'unit',
      testMatch: ['**/*.test.ts', '**/*.test.tsx'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/.data/', '\\.(int|e2e)\\.test\\.ts$'],
    },
    {
      ...project,
      displayName: 'int',
      testMatch: ['**/*.int.test.ts', '**/*.e2e.test.ts'],
      testPathIgnorePatterns: ['/node_modules/', '<rootDir>/dist/', '<rootDir>/.data/'],
      globalSetup: '<rootDir>/test/harness/global-setup.ts',
      globalTeardown: '<rootDir>/test/harness/global-teardown.ts',
      setupFiles: ['<rootDir>/test/harness/quiet-temporal.ts'],
    },
  ],
};
