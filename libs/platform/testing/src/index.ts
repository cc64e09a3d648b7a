export * from './decider-spec.js';
export * from './eventually.js';
export * from './test-database.js';
export * from './watch-transactions.js';
