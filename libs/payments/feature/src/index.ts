export * from './payments.service.js';
export * from './payments.module.js';
export * from './payments.settings.js';
export * from './payments.migrations.js';
export { PaymentCommandHandler } from './payment-command.handler.js';
export { PaymentCommandQueue } from './payment-command.queue.js';
export { publishedFacts } from './payment.snapshot.js';
export { allPaymentHistories } from './payment-histories.js';
export * from './unreadable-payments.js';
