export * from './connect-database.js';
export * from './health.js';
export * from './named-provider.js';
export * from './platform.module.js';
export * from './process-signals.js';
export * from './run-service.js';
export * from './service-definition.js';
export * from './service-process.js';
