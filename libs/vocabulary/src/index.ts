export * from './brazilian-documents.js';
export * from './provider-currency.js';
export * from './wallet-numbers.js';
