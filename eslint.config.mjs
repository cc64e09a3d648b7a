import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const FRAMEWORKS = ['@nestjs/*', 'typeorm', 'pg', 'kafkajs', 'fastify', 'undici'];

/** What each layer of a house may stand on; what bears none of its tags is outside of this rule. */
const layers = (below) =>
  Object.entries(below).map(([layer, others]) => ({
    sourceTag: `layer:${layer}`,
    notDependOnLibsWithTags: Object.keys(below)
      .filter((name) => !others.includes(name) && (name !== layer || others.includes('not its own')))
      .map((name) => `layer:${name}`),
  }));

/**
 * Who may import whom (docs/explanation/how-it-is-built.md); a test keeps one forbidden import to prove that this
 * bites.
 */
export const boundaries = {
  enforceBuildableLibDependency: false,
  allow: [],
  depConstraints: [
    {
      sourceTag: 'type:domain',
      onlyDependOnLibsWithTags: ['type:vocabulary'],
      bannedExternalImports: FRAMEWORKS,
    },
    {
      sourceTag: 'type:contracts',
      onlyDependOnLibsWithTags: ['type:vocabulary'],
      bannedExternalImports: FRAMEWORKS,
    },
    { sourceTag: 'type:vocabulary', onlyDependOnLibsWithTags: ['type:none'], bannedExternalImports: FRAMEWORKS },
    // What strangers install: nothing of the house may be in it.
    { sourceTag: 'type:sdk', onlyDependOnLibsWithTags: ['type:none'], bannedExternalImports: ['*'] },
    // What runs in a browser knows the server by its documents alone.
    { sourceTag: 'type:console', onlyDependOnLibsWithTags: ['type:none'], bannedExternalImports: FRAMEWORKS },
    { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:platform'] },
    // Servers and helpers for tests and for a machine without containers: nothing that runs in production takes them
    // but apps.
    { sourceTag: 'type:development', onlyDependOnLibsWithTags: ['type:development', 'type:platform'] },
    // Black-box suites know the house by its addresses; helpers for tests hold its answers against its documents.
    { sourceTag: 'type:e2e', onlyDependOnLibsWithTags: ['type:development'] },
    {
      sourceTag: 'type:feature',
      onlyDependOnLibsWithTags: ['type:domain', 'type:contracts', 'type:platform', 'type:feature', 'type:vocabulary'],
    },
    {
      sourceTag: 'type:app',
      onlyDependOnLibsWithTags: [
        'type:domain',
        'type:feature',
        'type:contracts',
        'type:platform',
        'type:development',
        'type:vocabulary',
      ],
    },
    {
      sourceTag: 'scope:gateway',
      onlyDependOnLibsWithTags: ['scope:gateway', 'scope:contracts', 'scope:platform', 'scope:vocabulary'],
    },
    {
      sourceTag: 'scope:payments',
      onlyDependOnLibsWithTags: ['scope:payments', 'scope:contracts', 'scope:platform', 'scope:vocabulary'],
    },
    {
      sourceTag: 'scope:sms-matching',
      onlyDependOnLibsWithTags: ['scope:sms-matching', 'scope:contracts', 'scope:platform', 'scope:vocabulary'],
    },
    {
      sourceTag: 'scope:webhook-dispatch',
      onlyDependOnLibsWithTags: ['scope:webhook-dispatch', 'scope:contracts', 'scope:platform', 'scope:vocabulary'],
    },
    // Rooms of the gateway, from the top down: no face knows another, and HTTP itself knows none of them.
    ...layers({
      service: ['face', 'access', 'receiving', 'people', 'read-models', 'edge'],
      face: ['not its own', 'access', 'receiving', 'people', 'read-models', 'edge'],
      receiving: ['access', 'edge'],
      people: ['access', 'edge'],
      access: ['edge'],
      'read-models': ['edge'],
      edge: [],
    }),
    // Rooms of the platform, likewise.
    ...Object.entries({
      process: ['messaging', 'log', 'postgres', 'ground'],
      messaging: ['log', 'postgres', 'ground'],
      'event-store': ['log', 'postgres', 'ground'],
      log: ['postgres', 'ground'],
      postgres: ['ground'],
      ground: ['ground'],
    }).map(([layer, below]) => ({
      sourceTag: `layer:${layer}`,
      onlyDependOnLibsWithTags: below.map((name) => `layer:${name}`),
    })),
  ],
};

/**
 * Tests of pure code may use the testing helpers, tests of a room the rooms beside it, and nothing else beyond the
 * rule.
 */
const testBoundaries = {
  ...boundaries,
  depConstraints: boundaries.depConstraints
    .filter((rule) => !rule.sourceTag.startsWith('layer:'))
    .map((rule) =>
      rule.sourceTag === 'type:domain' || rule.sourceTag === 'type:contracts'
        ? {
            sourceTag: rule.sourceTag,
            onlyDependOnLibsWithTags: ['type:development', 'type:platform', 'type:vocabulary'],
          }
        : rule.sourceTag.startsWith('type:')
          ? { ...rule, onlyDependOnLibsWithTags: [...rule.onlyDependOnLibsWithTags, 'type:development'] }
          : rule,
    ),
};

const sizeLimits = (maxLines) => ({
  'max-lines': ['error', { max: maxLines, skipBlankLines: false, skipComments: false }],
  'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
  'max-params': ['error', 3],
  'max-depth': ['error', 3],
});

export default [
  {
    ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.cache/**', '.paymatch/**'],
  },
  {
    files: ['**/*.ts', '**/*.tsx'],
    languageOptions: { parser: tseslint.parser },
    plugins: { '@nx': nx, '@typescript-eslint': tseslint.plugin },
    rules: {
      '@nx/enforce-module-boundaries': ['error', boundaries],
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      'no-restricted-imports': [
        'error',
        { patterns: [{ group: ['@paymatch/*/*'], message: 'Import a library by its public face only.' }] },
      ],
      'no-restricted-syntax': [
        'error',
        {
          selector: ':function > RestElement > ArrayPattern',
          message: 'Parts by position are read by nobody past three: take an object (see namedProvider).',
        },
      ],
      // Code is the formatter's; this holds comments. Texts and patterns that are one thing stay in one line.
      'max-len': [
        'error',
        { code: 120, ignoreStrings: true, ignoreTemplateLiterals: true, ignoreRegExpLiterals: true, ignoreUrls: true },
      ],
      eqeqeq: ['error', 'always'],
      'no-console': 'error',
      ...sizeLimits(300),
    },
  },
  {
    files: ['**/*.spec.ts', '**/testing/**/*.ts', 'e2e/**/*.ts'],
    rules: {
      '@nx/enforce-module-boundaries': ['error', testBoundaries],
      ...sizeLimits(500),
      'max-lines-per-function': 'off',
      'max-params': 'off',
    },
  },
  { files: ['apps/**/*.ts', 'bench/**/*.ts', 'e2e/**/*.ts'], rules: { 'no-console': 'off' } },
  // Written by a tool.
  { files: ['apps/console-web/src/api/panel-api.d.ts'], rules: { 'max-lines': 'off', 'max-len': 'off' } },
  // One dictionary is one thing, however long.
  { files: ['apps/console-web/src/texts/*.ts'], rules: { 'max-lines': 'off' } },
  // A migration stays as it was when it first ran.
  { files: ['**/*.migration.ts', '**/*.migrations.ts'], rules: { 'max-len': 'off' } },
];
