import type { PaymentCommand, PaymentEvent } from './index.js';
import { created, given, T0 } from './testing/created-payment.js';

const T1 = '2026-06-12T08:35:00.000Z';
const submitted: PaymentEvent = {
  ...{ type: 'TrxSubmitted', at: T0, provider: 'bkash', trxId: 'DHE7XOID8Q' },
  ...{ senderNumber: '01712345678', walletNumber: '01900000001' },
};
const failed: PaymentEvent = { type: 'PaymentFailed', at: T1, reason: 'rejected_by_admin', decidedBy: 'rita' };
const late: PaymentEvent = {
  ...{ type: 'ReviewRequired', at: T1, reason: 'late_money', creditId: 'c1' },
  ...{ expectedMinor: 50_000, receivedMinor: 50_000 },
};
const erase: PaymentCommand = { type: 'ErasePersonalData', now: T1, pseudonym: 'erased-1' };
const erased: PaymentEvent = { type: 'PersonalDataErased', at: T1, pseudonym: 'erased-1' };

describe('whom a payment names', () => {
  it('is erased once the payment is over, and again when asked again', () => {
    given(created, submitted, failed).when(erase).then(erased);
    given(created, submitted, failed, erased).when(erase).then(erased);
  });
  it('stays as long as the payment is open or somebody must look at it', () => {
    given(created).when(erase).thenRejected('INVALID_COMMAND');
    given(created, submitted).when(erase).thenRejected('INVALID_COMMAND');
    given(created, submitted, failed, late).when(erase).thenRejected('INVALID_COMMAND');
  });
});
