export { SmartFastPayModule, type SmartFastPayModuleOptions } from './smartfastpay.module.js';
export { smartFastPayFaces } from './smartfastpay.face.js';
export { smartFastPayMigrations } from './smartfastpay.migrations.js';
export { smartFastPaySettings } from './smartfastpay.settings.js';
export { createSmartFastPayStores, type SmartFastPayStores } from './smartfastpay-stores.js';
export * from './pix/refused-entries.ports.js';
export * from './oauth/oauth.ports.js';
export * from './receiving/receiving-accounts.ports.js';
export * from './exchange/exchange.ports.js';
