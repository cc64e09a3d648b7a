export { SmartFastPayModule, type SmartFastPayModuleOptions } from './smartfastpay.module.js';
export { smartFastPayFaces } from './smartfastpay.face.js';
export { smartFastPayMigrations } from './smartfastpay.migrations.js';
export { smartFastPaySettings } from './smartfastpay.settings.js';
export { smartFastPayApi } from './openapi/smartfastpay.api.js';
