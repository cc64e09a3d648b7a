export * from './decider-spec.js';
export * from './eventually.js';
export * from './test-database.js';
export * from './watch-transactions.js';
export * from './documented-answers.js';
export * from './rule-agreement.js';
export * from './schema-values.js';
export * from './mail-server.js';
