import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

const FRAMEWORKS = ['@nestjs/*', 'typeorm', 'pg', 'kafkajs', 'fastify', 'undici'];

/** What each layer may stand on; what bears no layer's tag (contracts, platform) is outside of this rule. */
const layers = (below) =>
  Object.entries(below).map(([layer, others]) => ({
    sourceTag: `layer:${layer}`,
    notDependOnLibsWithTags: ['face', 'service', ...Object.keys(below)]
      .filter((name, index, all) => all.indexOf(name) === index && !others.includes(name) && name !== layer)
      .map((name) => `layer:${name}`)
      .concat(layer === 'face' ? ['layer:face'] : []),
  }));

/** Who may import whom (docs/explanation/how-it-is-built.md); a test keeps one forbidden import to prove that this bites. */
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
    { sourceTag: 'type:platform', onlyDependOnLibsWithTags: ['type:platform'] },
    {
      sourceTag: 'type:feature',
      onlyDependOnLibsWithTags: ['type:domain', 'type:contracts', 'type:platform', 'type:feature', 'type:vocabulary'],
    },
    {
      sourceTag: 'type:app',
      onlyDependOnLibsWithTags: ['type:domain', 'type:feature', 'type:contracts', 'type:platform', 'type:vocabulary'],
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
    // Rooms of the gateway, from the faces down: no face knows another, and HTTP itself knows none of them.
    ...layers({
      face: ['access', 'receiving', 'read-models', 'edge'],
      receiving: ['access', 'edge'],
      access: ['edge'],
      'read-models': ['edge'],
      edge: [],
    }),
  ],
};

/** Tests of pure code may use the testing helpers, tests of a room the rooms beside it, and nothing else beyond the rule. */
const testBoundaries = {
  ...boundaries,
  depConstraints: boundaries.depConstraints
    .filter((rule) => !rule.sourceTag.startsWith('layer:'))
    .map((rule) =>
      rule.sourceTag === 'type:domain' || rule.sourceTag === 'type:contracts'
        ? { sourceTag: rule.sourceTag, onlyDependOnLibsWithTags: ['type:platform', 'type:vocabulary'] }
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
  { ignores: ['**/dist/**', '**/node_modules/**', '.nx/**', '.cache/**', '.paymatch/**'] },
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
];
