import type { PaymentCommand } from './index.js';
import { created, given, T0 } from './testing/created-payment.js';

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
