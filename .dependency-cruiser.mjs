/**
 * No two files import each other, not even for types: what cannot be read alone cannot be moved or understood alone.
 */
export default {
  forbidden: [{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } }],
  options: {
    // Types count, and so does what is left out when TypeScript is compiled.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['paymatch-source', 'import', 'require', 'node'],
    },
    doNotFollow: { path: ['node_modules', 'dist'] },
    exclude: { path: ['/dist/', '\\.nx', '\\.cache'] },
  },
};
