export * from './logger.js';
export * from './clock.js';
export * from './metrics.js';
export * from './prometheus-metrics.js';
export * from './readiness.js';
export * from './tokens.js';
