export * from './database.js';
export * from './database-errors.js';
export * from './embedded-postgres.js';
export * from './embedded-postgres-error.js';
export * from './migrate.js';
export { writeWhole } from './whole-file.js';
export * from './database-clock.js';
