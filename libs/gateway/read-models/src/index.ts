export * from './read-models.ports.js';
export * from './read-models.module.js';
export { readModelMigrations } from './payments-v1.migrations.js';
export { rebuildPayments } from './payments-v1.rebuild.js';
