import { integer } from '@paymatch/platform-config';

/**
 * Settings a process that serves the checkout may read from its environment; the values fit `CheckoutModule.register`.
 */
export const checkoutSettings = {
  streamsMax: integer({
    env: 'PAYMATCH_CHECKOUT_STREAMS_MAX',
    doc: 'Open live-update streams of checkout pages per process; pages beyond that poll',
    default: 1_000,
    min: 0,
    max: 50_000,
  }),
  trxPerPaymentMax: integer({
    env: 'PAYMATCH_CHECKOUT_TRX_PER_PAYMENT_MAX',
    doc: 'TrxID submissions per payment and minute',
    default: 10,
    min: 1,
    max: 1_000,
  }),
  trxPerAddressMax: integer({
    env: 'PAYMATCH_CHECKOUT_TRX_PER_ADDRESS_MAX',
    doc: 'TrxID submissions per client address and minute',
    default: 30,
    min: 1,
    max: 100_000,
  }),
  linkOrdersPerAddressMax: integer({
    env: 'PAYMATCH_LINK_ORDERS_PER_ADDRESS_MAX',
    doc: 'Forms of payment links per client address and minute; each one that is filled in makes a payment',
    default: 20,
    min: 1,
    max: 100_000,
  }),
};
