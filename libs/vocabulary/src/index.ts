export * from './brazilian-documents.js';
export * from './provider-currency.js';
export * from './trx-id-shapes.js';
export * from './wallet-numbers.js';
export * from './webhook-secrets.js';
export * from './test-outcomes.js';
