import { newId, type CreatePayment, type PaymentReply } from '@paymatch/contracts';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { PaymentCommandHandler } from './payment-command.handler.js';
import { paymentsMigrations, paymentsSchema } from './payments.migrations.js';
import { aCreation, messageOf } from './testing/commands.js';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase({ schema: paymentsSchema, migrations: paymentsMigrations });
});
afterAll(() => test.drop());

const merchantId = newId();

async function create(parts: Partial<CreatePayment>): Promise<PaymentReply> {
  // Another instance each time: nothing is answered from what one remembers.
  const [result] = await new PaymentCommandHandler(test.database).commitBatch([
    messageOf(aCreation({ merchantId, livemode: false, ...parts })),
  ]);
  if (result?.status !== 'fulfilled') throw new Error('the payment was not created', { cause: result?.reason });
  return result.value;
}

describe('an order of test mode whose amount says what becomes of it', () => {
  it.each([
    [700_01, { status: 'completed', receivedMinor: 700_01 }],
    [700_02, { status: 'failed', failureReason: 'rejected_by_admin' }],
    [700_03, { status: 'expired' }],
    [700_04, { status: 'pending', reviewReason: 'amount_mismatch' }],
  ])('of %i poisha is so at once, and both facts are told', async (amountMinor, expected) => {
    const { outcome, payment, events } = await create({ amountMinor });
    expect([outcome, payment]).toEqual(['created', expect.objectContaining({ ...expected, version: 2 })]);
    expect(events.map(({ payment: { version } }) => version)).toEqual([1, 2]);
  });

  it('comes to nothing more when it is asked for again', async () => {
    const id = newId();
    await create({ amountMinor: 700_01, paymentId: id, commandId: id });
    const { outcome, payment } = await create({ amountMinor: 700_01, paymentId: id, commandId: id });
    expect([outcome, payment.status, payment.version]).toEqual(['unchanged', 'completed', 2]);
  });

  it('is told by what was ordered, whatever the charge', async () => {
    const charge = { type: 'fixed', value: '10.00', amountMinor: 10_00 } as const;
    expect((await create({ amountMinor: 710_01, charge })).payment.status).toBe('completed');
    expect((await create({ amountMinor: 700_01, charge })).payment.status).toBe('pending');
  });

  it.each([{ livemode: true }, { currency: 'BRL' }])('is an amount like any other: %j', async (parts) => {
    expect((await create({ amountMinor: 700_01, ...parts })).payment.status).toBe('pending');
  });
});
