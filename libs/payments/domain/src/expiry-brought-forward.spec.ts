import { deciderSpec } from '@paymatch/platform-testing';
import { decide, evolve, initialState, type PaymentCommand, type PaymentEvent, type PaymentState } from './index.js';

const given = deciderSpec<PaymentCommand, PaymentEvent, PaymentState>({ decide, evolve, initialState });

const T0 = '2026-06-12T08:30:00.000Z';
const created: PaymentEvent = {
  type: 'PaymentCreated',
  at: T0,
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
const by = (byMs: number): PaymentCommand => ({ type: 'BringExpiryForward', now: T0, byMs });

describe('a test payment whose time is brought forward', () => {
  it('ends that much sooner', () => {
    const expiresAt = '2026-06-12T08:30:00.001Z';
    given(created)
      .when(by(30 * 60_000 - 1))
      .then({ type: 'ExpiryBroughtForward', at: T0, expiresAt });
    given(created, { type: 'ExpiryBroughtForward', at: T0, expiresAt })
      .when({ type: 'ExpirePayment', now: expiresAt })
      .then({ type: 'PaymentExpired', at: expiresAt });
  });

  it.each([30 * 60_000, 86_400_000])('has ended, now and not in the past, when that was all of it: %i ms', (byMs) => {
    given(created)
      .when(by(byMs))
      .then({ type: 'ExpiryBroughtForward', at: T0, expiresAt: T0 }, { type: 'PaymentExpired', at: T0 });
  });

  it('stays as it is once a TrxID was submitted, or it is over', () => {
    given(created, {
      type: 'TrxSubmitted',
      at: T0,
      provider: 'bkash',
      trxId: 'A',
      senderNumber: null,
      walletNumber: '01',
    })
      .when(by(86_400_000))
      .thenNothing();
    given(created, { type: 'PaymentExpired', at: T0 }).when(by(1)).thenNothing();
  });

  it('must not be a live one, nor be given more time', () => {
    given({ ...created, livemode: true })
      .when(by(1))
      .thenRejected('LIVE_PAYMENT_CANNOT_BE_SIMULATED');
    given(created).when(by(-1)).thenRejected('INVALID_COMMAND');
  });
});
