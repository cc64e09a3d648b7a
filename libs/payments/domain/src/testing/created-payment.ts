import { deciderSpec } from '@paymatch/platform-testing';
import {
  decide,
  evolve,
  initialState,
  type PaymentCommand,
  type PaymentCreated,
  type PaymentEvent,
  type PaymentState,
} from '../index.js';

export const given = deciderSpec<PaymentCommand, PaymentEvent, PaymentState>({ decide, evolve, initialState });

export const T0 = '2026-06-12T08:30:00.000Z';

/** Of a test payment over 500 taka, open for half an hour from T0. */
export const facts: Omit<PaymentCreated, 'type' | 'at'> = {
  merchantId: 'm1',
  livemode: false,
  dialect: 'fastaar',
  source: 'api',
  method: 'wallet',
  amountMinor: 50_000,
  currency: 'BDT',
  invoiceId: null,
  customerId: null,
  metadata: {},
  successUrl: null,
  cancelUrl: null,
  callbackUrl: null,
  payer: null,
  exchange: null,
  charge: null,
  instructions: null,
  expiresAt: '2026-06-12T09:00:00.000Z',
};
export const created: PaymentCreated = { type: 'PaymentCreated', at: T0, ...facts };
