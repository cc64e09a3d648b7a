export * from './config.js';
export * from './database-url.js';
export * from './operator-secret.js';
