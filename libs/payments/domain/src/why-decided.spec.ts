import type { PaymentEvent } from './index.js';
import { created, given, T0 } from './testing/created-payment.js';

describe('why a person decided', () => {
  it('stays with the refusal of a payment', () => {
    const why = { reason: 'rejected_by_admin', decidedBy: 'Rahim', note: 'The message is a forgery' } as const;
    given(created)
      .when({ type: 'FailPayment', now: T0, trxId: null, ...why })
      .then({ type: 'PaymentFailed', at: T0, ...why });
  });

  it('stays with a refund', () => {
    const completed: PaymentEvent = {
      ...{ type: 'PaymentCompleted', at: T0, creditId: 'c1', claimKey: 'k', receivedMinor: 50_000, provider: 'bkash' },
      ...{ trxId: 'BL6K2M4N8P', senderNumber: null, walletNumber: null, decidedBy: null },
    };
    const refund = { refundId: 7, amountMinor: 100, source: 'panel', note: 'Ordered twice' } as const;
    given(created, completed)
      .when({ type: 'RecordRefund', now: T0, ...refund })
      .then({ type: 'RefundRecorded', at: T0, ...refund });
  });
});
