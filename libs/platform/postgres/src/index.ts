export * from './binary-array.js';
export * from './database.js';
export * from './database-clock.js';
export * from './database-errors.js';
export * from './migrate.js';
export * from './prepared.js';
export * from './retention.js';
export * from './table-walk.js';
export { copyLine } from './copy-rows.js';
