import { decide } from './payment.decider.js';
import type { PaymentState } from './payment.state.js';

const pending = {
  status: 'pending',
  amountMinor: 50_000,
  expiresAt: '2026-06-12T09:00:00.000Z',
  trxAttempts: 0,
  reviews: [],
} as const;
const command = {
  type: 'SimulateOutcome',
  now: '2026-06-12T08:40:00.000Z',
  outcome: 'review',
  creditId: 'test-1',
} as const;

describe('a pretended review', () => {
  it('tells of one poisha too few on a test payment, and leaves it open', () => {
    const state: PaymentState = { ...pending, livemode: false };
    expect(decide(command, state)).toEqual([
      {
        type: 'ReviewRequired',
        at: command.now,
        reason: 'amount_mismatch',
        creditId: 'test-1',
        expectedMinor: 50_000,
        receivedMinor: 49_999,
      },
    ]);
  });

  it('is refused for a live payment', () => {
    expect(() => decide(command, { ...pending, livemode: true })).toThrow(
      expect.objectContaining({ code: 'LIVE_PAYMENT_CANNOT_BE_SIMULATED' }) as Error,
    );
  });
});
