export * from './demo-merchant.js';
export * from './gateway.service.js';
