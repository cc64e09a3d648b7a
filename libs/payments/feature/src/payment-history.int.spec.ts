import { newId, type GetPaymentHistory } from '@paymatch/contracts';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { PaymentCommandHandler } from './payment-command.handler.js';
import { PaymentHistoryReader } from './payment-history.js';
import { paymentsMigrations, paymentsSchema } from './payments.migrations.js';
import { aCreation, anExpiry, messageOf } from './testing/commands.js';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase({ schema: paymentsSchema, migrations: paymentsMigrations });
});
afterAll(() => test.drop());

describe('the history of a payment', () => {
  it('is told with the payment as it stood after each fact, to its own merchant in its own mode', async () => {
    const creation = aCreation();
    const handler = new PaymentCommandHandler(test.database);
    await handler.commitBatch([messageOf(creation)]);
    await handler.commitBatch([messageOf(anExpiry(creation))]);
    const reader = new PaymentHistoryReader(test.database);
    const { merchantId, livemode, paymentId } = creation;
    const asked: GetPaymentHistory = { type: 'GetPaymentHistory', merchantId, livemode, paymentId };
    const { facts, isComplete } = await reader.read(asked);
    expect(isComplete).toBe(true);
    expect(facts.map(({ type, payment }) => [type, payment.version, payment.status])).toEqual([
      ['payments.payment-created', 1, 'pending'],
      ['payments.payment-expired', 2, 'expired'],
    ]);
    for (const other of [
      { ...asked, merchantId: newId() },
      { ...asked, livemode: false },
      { ...asked, paymentId: newId() },
      { ...asked, paymentId: 'no id' },
    ])
      await expect(reader.read(other)).rejects.toMatchObject({ code: 'PAYMENT_NOT_FOUND' });
  });
});
