import {
  newId,
  type ConfirmCredit,
  type CreatePayment,
  type PaymentCommand,
  type PaymentReply,
  type SubmitTrx,
} from '@paymatch/contracts';
import { EventStore } from '@paymatch/platform-event-store';
import type { Database } from '@paymatch/platform-postgres';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { PaymentCommandHandler } from './payment-command.handler.js';
import { publishedFacts } from './payment.snapshot.js';
import { paymentsMigrations, paymentsSchema } from './payments.migrations.js';
import { RecentFacts } from './recent-streams.js';
import { aConfirmation, aCreation, aSubmission, messageOf, repliesTo } from './testing/commands.js';

const T0 = '2026-06-12T08:30:00.000Z';
const merchantId = newId();

let test: TestDatabase;
let handler: PaymentCommandHandler;

beforeAll(async () => {
  test = await createTestDatabase({ schema: paymentsSchema, migrations: paymentsMigrations, poolMax: 20 });
  handler = new PaymentCommandHandler(test.database);
});
afterAll(() => test.drop());

const create = (parts: Partial<CreatePayment> = {}): CreatePayment => aCreation({ merchantId, ...parts });

const submit = (paymentId: string, parts: Partial<SubmitTrx> = {}): SubmitTrx =>
  aSubmission(paymentId, { merchantId, ...parts });
const confirm = (paymentId: string, parts: Partial<ConfirmCredit> = {}): ConfirmCredit =>
  aConfirmation(paymentId, { merchantId, ...parts });
const send = (...commands: PaymentCommand[]): Promise<PaymentReply[]> => repliesTo(handler, commands);

async function sendOne(command: PaymentCommand): Promise<PaymentReply> {
  return (await send(command))[0]!;
}

describe('a payment that this process has worked on', () => {
  const elsewhere = () => new PaymentCommandHandler(test.database);
  const sendFrom = async (from: PaymentCommandHandler, command: PaymentCommand): Promise<PaymentReply> => {
    const [result] = await from.commitBatch([messageOf(command)]);
    if (result!.status === 'rejected') throw result!.reason;
    return result!.value;
  };

  it('is decided on what another instance has made of it since', async () => {
    const other = elsewhere();
    const { payment } = await sendOne(create());
    const first = submit(payment.id, { trxId: 'DFC7XOID01' });
    await sendFrom(other, first);
    // Remembered as pending here, where it would be a first TrxID again.
    expect(await sendOne(submit(payment.id, { trxId: 'DFC7XOID01' }))).toMatchObject({
      outcome: 'unchanged',
      payment: { version: 2, trxAttempts: 1 },
    });
    expect(await sendOne(first)).toMatchObject({ outcome: 'unchanged', events: [{ type: 'payments.trx-submitted' }] });
    await sendFrom(other, submit(payment.id, { trxId: 'DFC7XOID02' }));
    expect(await sendOne(submit(payment.id, { trxId: 'DFC7XOID03' }))).toMatchObject({
      outcome: 'changed',
      payment: { version: 4, trxAttempts: 3, trxId: 'DFC7XOID03' },
    });
  });

  it('is not refused what another instance has made possible, nor granted what it has ended', async () => {
    const other = elsewhere();
    const [paid, failed] = [(await sendOne(create())).payment, (await sendOne(create())).payment];
    const trxId = 'DFC7XOID31';
    await sendOne(submit(paid.id, { trxId }));
    await sendFrom(other, confirm(paid.id, { trxId, claimKey: `trx:bkash:${trxId}` }));
    await sendFrom(other, {
      type: 'FailPayment',
      commandId: newId(),
      paymentId: failed.id,
      merchantId,
      livemode: true,
      now: T0,
      reason: 'cancelled_by_customer',
      trxId: null,
      decidedBy: null,
    });
    const refund = {
      type: 'RecordRefund',
      commandId: newId(),
      paymentId: paid.id,
      merchantId,
      livemode: true,
      now: T0,
      amountMinor: null,
      source: 'api',
    } as const;
    expect(await sendOne(refund)).toMatchObject({ outcome: 'changed', payment: { status: 'refunded' } });
    await expect(sendOne(submit(failed.id, { trxId: 'DFC7XOID09' }))).rejects.toMatchObject({ code: 'PAYMENT_CLOSED' });
  });

  it('is not remembered when its events could not be appended', async () => {
    const { payment } = await sendOne(create());
    const bad = { ...messageOf(submit(payment.id)), correlationId: 'NUL \u0000' };
    const [refused] = await handler.commitBatch([bad]);
    expect(refused!.status).toBe('rejected');
    expect(await sendOne(submit(payment.id))).toMatchObject({ payment: { version: 2, trxAttempts: 1 } });
  });

  it('is loaded for its first command here and not for those that follow', async () => {
    const { payment } = await sendOne(create());
    const asked: string[] = [];
    const listening = Object.create(test.database, {
      query: {
        value: (...args: Parameters<Database['query']>) => {
          const [query] = args;
          asked.push(typeof query === 'string' ? query : query.text);
          return test.database.query(...args);
        },
      },
    }) as Database;
    const fresh = new PaymentCommandHandler(listening);
    expect(await sendFrom(fresh, submit(payment.id, { trxId: 'DFC7XOID11' }))).toMatchObject({ outcome: 'changed' });
    expect(asked).toHaveLength(2);
    expect(await sendFrom(fresh, submit(payment.id, { trxId: 'DFC7XOID12' }))).toMatchObject({ outcome: 'changed' });
    expect(asked).toHaveLength(3);
  });

  it('is published as it would be if its events were folded from the store', async () => {
    const recentFacts = new RecentFacts();
    const own = new PaymentCommandHandler(test.database, recentFacts);
    const { payment, events: created } = await sendFrom(own, create());
    const { events: submitted } = await sendFrom(own, submit(payment.id, { trxId: 'DFC7XOID21' }));
    const { events: completed } = await sendFrom(
      own,
      confirm(payment.id, { trxId: 'DFC7XOID21', claimKey: 'trx:bkash:DFC7XOID21' }),
    );
    const facts = [...created, ...submitted, ...completed];
    const stored = await new EventStore({ schema: paymentsSchema }).load(test.database, [payment.id]);
    expect(facts.map(({ eventId }) => recentFacts.take(eventId))).toEqual(publishedFacts(stored.get(payment.id)!));
    expect(recentFacts.take(facts[0]!.eventId)).toBeUndefined();
  });
});
