export * from './config.js';
export * from './database-url.js';
