export * from './message.js';
export * from './errors.js';
export * from './message-bus.js';
export * from './message.codec.js';
export * from './parking/parking-lot.js';
export * from './parking/parked-messages.migration.js';
export * from './parking/postgres-parking-lot.js';
export * from './runner/batch-runner.js';
