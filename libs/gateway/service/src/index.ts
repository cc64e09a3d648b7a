export * from './demo-merchant.js';
export type { SmartFastPayDemo } from './demo-smartfastpay.js';
export * from './gateway.service.js';
export { DemoMerchantsStore } from './demo-merchants.store.js';
export { pagesWithCalls, panelPage, withCalls } from './reference-pages.js';
