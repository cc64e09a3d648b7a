// Tiers by suffix. Sources are compiled by swc one file at a time; `tsc -b` is the type check.
const swc = [
  '@swc/jest',
  {
    sourceMaps: 'inline',
    jsc: {
      target: 'es2022',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
    module: { type: 'commonjs' },
  },
];

const tier = (displayName, testRegex, extra = {}) => ({
  displayName,
  testEnvironment: 'node',
  // Inside tests `@paymatch/*` resolves to sources, so that no build has to come first.
  testEnvironmentOptions: { customExportConditions: ['paymatch-source', 'node', 'node-addons'] },
  testRegex,
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  transform: { '^.+\\.(ts|js|mjs)$': swc },
  // Nest 12 and these are ESM only; the exporter imports Node's http at run time, which jest has no way for.
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|@opentelemetry/otlp-exporter-base|cookie|file-type|strtok3|token-types|uint8array-extras|@tokenizer|@borewit)/)',
  ],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  setupFilesAfterEnv: ['<rootDir>/libs/platform/testing/src/test-timeout.ts'],
  ...extra,
});

const withDatabase = {
  globalSetup: '<rootDir>/libs/platform/testing/src/global-setup.ts',
  globalTeardown: '<rootDir>/libs/platform/testing/src/global-teardown.ts',
};

module.exports = {
  testSequencer: '<rootDir>/scripts/test-sequencer.cjs',
  projects: [
    tier('unit', '(?<!\\.int|\\.bus|\\.e2e)\\.spec\\.ts$'),
    tier('int', '\\.int\\.spec\\.ts$', withDatabase),
    tier('bus', '\\.bus\\.spec\\.ts$', withDatabase),
    tier('e2e', '(?<!\\.alone)\\.e2e\\.spec\\.ts$'),
    // What measures how soon something recovers wants the machine for itself.
    tier('alone', '\\.alone\\.e2e\\.spec\\.ts$'),
  ],
};
