export * from './read-models.ports.js';
export { BusPaymentHistories } from './bus-payment-histories.js';
export * from './payment-figures.ports.js';
export { PaymentFiguresQueries } from './payment-figures.js';
export * from './payment-finder.ports.js';
export * from './refund-book.ports.js';
export { RefundBookQueries } from './refund-book.js';
export * from './read-models.module.js';
export { PaymentFinderQueries } from './payment-finder.js';
export { readModelMigrations } from './payments-v1.migrations.js';
export { PostgresPaymentReadModel } from './postgres-payment-read-model.js';
export { rebuildPayments, type RebuildProgress, type RebuildSource } from './payments-v1.rebuild.js';
export * from './customers/customer-book.ports.js';
export { CustomerBookQueries } from './customers/customer-book.js';
export {
  CustomersStore,
  type Customer,
  type CustomerFields,
  type CustomerFilter,
  type CustomerScope,
} from './customers/customers.store.js';
export * from './changes/change-news.ports.js';
export * from './openings/page-openings.ports.js';
export { PostgresPageOpenings } from './openings/postgres-page-openings.js';
export { PostgresChangeNews } from './changes/postgres-change-news.js';
