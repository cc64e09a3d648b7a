export { CheckoutModule } from './checkout.module.js';
export { checkoutSettings } from './checkout.settings.js';
export type { CheckoutOptions } from './checkout.options.js';
