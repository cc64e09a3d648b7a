export * from './lease-session.js';
export * from './log-position.js';
export * from './log-reader.js';
export * from './log-relay.js';
export * from './log-relay.migration.js';
export * from './reader-checkpoint.js';
export * from './restore-check.js';
export * from './write-transactions.js';
