export * from './read-models.ports.js';
export { BusPaymentHistories } from './bus-payment-histories.js';
export * from './payment-finder.ports.js';
export * from './read-models.module.js';
export { PaymentFinderQueries } from './payment-finder.js';
export { readModelMigrations } from './payments-v1.migrations.js';
export { PostgresPaymentReadModel } from './postgres-payment-read-model.js';
export { rebuildPayments, type RebuildProgress, type RebuildSource } from './payments-v1.rebuild.js';
