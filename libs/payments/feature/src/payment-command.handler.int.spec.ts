import {
  newId,
  walletClaimKey,
  type ConfirmCredit,
  type CreatePayment,
  type PaymentCommand,
  type PaymentReply,
  type SubmitTrx,
} from '@paymatch/contracts';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { PaymentCommandHandler } from './payment-command.handler.js';
import { paymentsMigrations, paymentsSchema } from './payments.migrations.js';
import { aConfirmation, aCreation, aSubmission, messageOf, repliesTo } from './testing/commands.js';

const T0 = '2026-06-12T08:30:00.000Z';
const expiresAt = '2026-06-12T09:00:00.000Z';
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

async function countOf(type: string): Promise<number> {
  const result = await test.database.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM payments.events WHERE type = $1',
    [type],
  );
  return result.rows[0]!.n;
}

describe('a batch of commands', () => {
  it('commits together and answers each with its payment as it then stands', async () => {
    const replies = await send(...Array.from({ length: 50 }, () => create()));
    expect(new Set(replies.map((reply) => reply.payment.id)).size).toBe(50);
    expect(
      replies.every(
        (reply) => reply.outcome === 'created' && reply.payment.version === 1 && reply.payment.status === 'pending',
      ),
    ).toBe(true);
    expect(replies[0]!.events).toEqual([
      expect.objectContaining({ type: 'payments.payment-created', payment: replies[0]!.payment }),
    ]);
  });

  it('lets a later command of the same payment see what an earlier one decided', async () => {
    const payment = create();
    const [, second] = await send(payment, submit(payment.paymentId, { trxId: 'DFC7BATCH1' }));
    expect(second!.payment).toMatchObject({
      status: 'awaiting_verification',
      version: 2,
      trxId: 'DFC7BATCH1',
      trxAttempts: 1,
    });
  });

  it('refuses one command without harm to the others', async () => {
    const good = create();
    const results = await handler.commitBatch([messageOf(submit(newId())), messageOf(good)]);
    expect(results[0]).toMatchObject({ status: 'rejected', reason: { name: 'Refusal', code: 'PAYMENT_NOT_FOUND' } });
    expect(results[1]).toMatchObject({ status: 'fulfilled', value: { payment: { id: good.paymentId } } });
  });

  it('answers a repeated command among new ones', async () => {
    const known = create();
    await send(known);
    const fresh = create();
    const replies = await send({ ...known }, fresh);
    expect(replies.map((reply) => reply.outcome)).toEqual(['unchanged', 'created']);
  });
});

describe('a repeated command', () => {
  it('changes nothing and answers with the facts of the first time', async () => {
    const payment = create();
    const first = await sendOne(payment);
    const again = await sendOne(payment);
    expect(again).toMatchObject({ outcome: 'unchanged', events: first.events });
  });

  it('does not refund twice', async () => {
    const payment = create();
    await send(
      payment,
      submit(payment.paymentId, { trxId: 'DFC7REFUND' }),
      confirm(payment.paymentId, { trxId: 'DFC7REFUND', claimKey: 'trx:bkash:DFC7REFUND' }),
    );
    const refund: PaymentCommand = {
      type: 'RecordRefund',
      commandId: newId(),
      paymentId: payment.paymentId,
      merchantId,
      livemode: true,
      now: T0,
      amountMinor: 20_000,
      source: 'api',
    };
    await send(refund);
    const again = await sendOne(refund);
    expect(again.payment).toMatchObject({ status: 'partially_refunded', refundedMinor: 20_000 });
  });
});

describe('the id of a refund', () => {
  async function paid(trxId: string): Promise<string> {
    const payment = create();
    await send(
      payment,
      submit(payment.paymentId, { trxId }),
      confirm(payment.paymentId, { trxId, claimKey: `trx:bkash:${trxId}` }),
    );
    return payment.paymentId;
  }
  const refund = (paymentId: string): PaymentCommand => ({
    type: 'RecordRefund',
    commandId: newId(),
    paymentId,
    merchantId,
    livemode: true,
    now: T0,
    amountMinor: 1_000,
    source: 'api',
  });

  it('is a whole number that no refund of any payment has or gets again', async () => {
    const [first, second] = [await paid('DFC7REFNO1'), await paid('DFC7REFNO2')];
    const together = await send(refund(first), refund(second), refund(first));
    const later = await sendOne(refund(second));
    const ids = [...together, later].map(({ events }) => events[0]!.details.refundId as number);
    expect(ids.every((id) => Number.isSafeInteger(id) && id > 0)).toBe(true);
    expect(new Set(ids).size).toBe(4);
  });

  it('stays what it was when the command comes again', async () => {
    const command = refund(await paid('DFC7REFNO3'));
    const [first, again] = [await sendOne(command), await sendOne(command)];
    expect(again.events).toEqual(first.events);
  });
});

describe('an invoice', () => {
  it('asked for 64 times at once, by four instances, gives one payment', async () => {
    const instances = Array.from({ length: 4 }, () => new PaymentCommandHandler(test.database));
    const replies = (
      await Promise.all(
        Array.from({ length: 64 }, (_, i) =>
          instances[i % 4]!.commitBatch([messageOf(create({ invoiceId: 'RACE-1' }))]),
        ),
      )
    ).flat();
    const values = replies.map((result) => (result.status === 'fulfilled' ? result.value : result.reason));
    expect(values.filter((reply) => reply.outcome === 'created')).toHaveLength(1);
    expect(values.filter((reply) => reply.outcome === 'existing')).toHaveLength(63);
    expect(new Set(values.map((reply: PaymentReply) => reply.payment.id)).size).toBe(1);
  });

  it('asked for many times in one batch gives one payment', async () => {
    const replies = await send(...Array.from({ length: 10 }, () => create({ invoiceId: 'BATCH-1' })));
    expect(replies.map((reply) => reply.outcome)).toEqual(['created', ...Array.from({ length: 9 }, () => 'existing')]);
    expect(new Set(replies.map((reply) => reply.payment.id)).size).toBe(1);
  });

  it('is free again at the very moment its payment expires, and that payment ends', async () => {
    const first = await sendOne(create({ invoiceId: 'LATE-1' }));
    const early = await sendOne(
      create({ invoiceId: 'LATE-1', now: '2026-06-12T08:59:59.999Z', expiresAt: '2026-06-12T10:00:00.000Z' }),
    );
    expect(early).toMatchObject({ outcome: 'existing', payment: { id: first.payment.id } });
    const next = await sendOne(create({ invoiceId: 'LATE-1', now: expiresAt, expiresAt: '2026-06-12T10:00:00.000Z' }));
    expect(next.outcome).toBe('created');
    const old = await sendOne({
      type: 'ExpirePayment',
      commandId: newId(),
      paymentId: first.payment.id,
      merchantId,
      livemode: true,
      now: expiresAt,
    });
    expect(old).toMatchObject({ outcome: 'unchanged', payment: { status: 'expired' } });
  });

  it('of another merchant, or in test mode, is another invoice', async () => {
    const replies = [
      await sendOne(create({ invoiceId: 'SAME' })),
      await sendOne(create({ invoiceId: 'SAME', livemode: false })),
      await sendOne(create({ invoiceId: 'SAME', merchantId: newId() })),
    ];
    expect(replies.map((reply) => reply.outcome)).toEqual(['created', 'created', 'created']);
  });

  it('that may be used once stays used after failure', async () => {
    const first = await sendOne(create({ invoiceId: 'ONCE', invoiceIsUsedOnce: true }));
    await send({
      type: 'FailPayment',
      commandId: newId(),
      paymentId: first.payment.id,
      merchantId,
      livemode: true,
      now: T0,
      reason: 'rejected_by_admin',
      trxId: null,
      decidedBy: 'x',
    });
    expect(await sendOne(create({ invoiceId: 'ONCE', invoiceIsUsedOnce: true }))).toMatchObject({
      outcome: 'existing',
      payment: { id: first.payment.id },
    });
  });
});

describe('one credit', () => {
  it('claimed by eight payments at once, by eight instances, completes exactly one; the others fail as duplicates', async () => {
    const trxId = 'DFC7RACE08';
    const payments = Array.from({ length: 8 }, () => create());
    await send(...payments, ...payments.map((payment) => submit(payment.paymentId, { trxId })));
    const before = await countOf('PaymentCompleted');
    const creditId = newId();
    const results = await Promise.all(
      payments.map((payment) =>
        new PaymentCommandHandler(test.database).commitBatch([
          messageOf(confirm(payment.paymentId, { trxId, creditId, claimKey: `trx:bkash:${trxId}` })),
        ]),
      ),
    );
    const statuses = results
      .flat()
      .map((result) => (result.status === 'fulfilled' ? result.value.payment.status : String(result.reason)));
    expect(statuses.filter((status) => status === 'completed')).toHaveLength(1);
    expect(statuses.filter((status) => status === 'failed')).toHaveLength(7);
    expect(await countOf('PaymentCompleted')).toBe(before + 1);
  });

  it('claimed by eight payments in one batch completes exactly one', async () => {
    const trxId = 'DFC7BATCH8';
    const payments = Array.from({ length: 8 }, () => create());
    await send(...payments, ...payments.map((payment) => submit(payment.paymentId, { trxId })));
    const replies = await send(
      ...payments.map((payment) => confirm(payment.paymentId, { trxId, claimKey: `trx:bkash:${trxId}` })),
    );
    expect(replies.map((reply) => reply.payment.status).sort()).toEqual([
      'completed',
      ...Array.from({ length: 7 }, () => 'failed'),
    ]);
  });

  it('in test mode does not use up the live one', async () => {
    const trxId = 'DFC7MODES1';
    for (const livemode of [false, true]) {
      const payment = create({ livemode });
      const replies = await send(
        payment,
        submit(payment.paymentId, { livemode, trxId }),
        confirm(payment.paymentId, { livemode, trxId, claimKey: `trx:bkash:${trxId}` }),
      );
      expect(replies[2]!.payment.status).toBe('completed');
    }
  });
});

describe('money on a wallet', () => {
  const wallet = '01900000001';
  /** A payment that waits for a TrxID, and the match of a credit on `walletNumber` to it. */
  async function matchOn(
    trxId: string,
    on: { merchantId?: string; walletNumber?: string; provider?: string; claimKey?: string } = {},
  ): Promise<PaymentReply> {
    const { provider = 'bkash', walletNumber = wallet } = on;
    const owner = { merchantId: on.merchantId ?? merchantId, provider, walletNumber };
    const payment = create({ merchantId: owner.merchantId });
    const claimKey = on.claimKey ?? walletClaimKey({ provider, walletNumber, trxId });
    return (
      await send(
        payment,
        submit(payment.paymentId, { ...owner, trxId }),
        confirm(payment.paymentId, { ...owner, trxId, claimKey }),
      )
    )[2]!;
  }
  const old = (trxId: string) => ({ claimKey: `trx:bkash:${trxId}` });
  /** A payment that was completed before keys named the wallet. */
  async function completedBefore(trxId: string): Promise<void> {
    const { payment } = await matchOn(trxId);
    await test.database.query("DELETE FROM payments.claims WHERE owner = $1 AND scope = 'credit'", [payment.id]);
    await test.database.query("INSERT INTO payments.claims (scope, key, owner) VALUES ('credit', $1, $2)", [
      `live:trx:bkash:${trxId}`,
      payment.id,
    ]);
  }

  it("is not used up by another merchant's money under the same TrxID on another wallet", async () => {
    const stranger = await matchOn('DFC7WALL01', { merchantId: newId(), walletNumber: '01900000002' });
    expect(stranger.payment.status).toBe('completed');
    expect((await matchOn('DFC7WALL01')).payment.status).toBe('completed');
  });

  it('pays once when two merchants share the wallet, however each of them spells its number', async () => {
    const twelve = { provider: 'rocket', merchantId: newId(), walletNumber: '+880 1900-0000017' };
    expect((await matchOn('6910472538', twelve)).payment.status).toBe('completed');
    expect((await matchOn('6910472538', { provider: 'rocket' })).payment).toMatchObject({
      status: 'failed',
      failureReason: 'duplicate_trx_id',
    });
  });

  it('pays once when one merchant has it written down for two wallets', async () => {
    expect((await matchOn('DFC7WALL02')).payment.status).toBe('completed');
    expect((await matchOn('DFC7WALL02', { walletNumber: '01900000002' })).payment.status).toBe('failed');
  });

  it('stays used when it was used before keys named the wallet, and a stranger is not held up by that', async () => {
    await completedBefore('DFC7WALL03');
    expect((await matchOn('DFC7WALL03')).payment.status).toBe('failed');
    expect((await matchOn('DFC7WALL03', { walletNumber: '01900000002' })).payment.status).toBe('failed');
    const shares = await matchOn('DFC7WALL03', { merchantId: newId() });
    expect(shares.payment.status).toBe('failed');
    const stranger = await matchOn('DFC7WALL03', { merchantId: newId(), walletNumber: '01900000002' });
    expect(stranger.payment.status).toBe('completed');
  });

  it('is one money whether its match was told of with the wallet or before keys named it', async () => {
    expect((await matchOn('DFC7WALL04', old('DFC7WALL04'))).payment.status).toBe('completed');
    expect((await matchOn('DFC7WALL04')).payment.status).toBe('failed');
    expect((await matchOn('DFC7WALL05')).payment.status).toBe('completed');
    expect((await matchOn('DFC7WALL05', { ...old('DFC7WALL05'), merchantId: newId() })).payment.status).toBe('failed');
  });
});

describe('a Pix', () => {
  const account = 'pix@shop.example';
  const endToEndId = (n: number): string => `E1234567820260612083${n}abcdefghijk`.toUpperCase().slice(0, 32);
  /** A Pix payment, and the match of a Pix on `walletNumber` to it. */
  async function pixOn(
    id: string,
    on: { readonly merchantId?: string; readonly walletNumber?: string; readonly decidedBy?: string } = {},
  ): Promise<PaymentReply> {
    const owner = { merchantId: on.merchantId ?? merchantId };
    const payment = create({ ...owner, dialect: 'smartfastpay', method: 'pix', currency: 'BRL' });
    const money = { provider: 'pix', trxId: id, claimKey: `pix:${id}`, walletNumber: account, ...on, ...owner };
    return (await send(payment, confirm(payment.paymentId, money)))[1]!;
  }

  it('is not burnt by another merchant who enters its id by hand, with an account of their own or none', async () => {
    for (const [n, walletNumber] of ['other@shop.example', 'pix'].entries()) {
      const byHand = { merchantId: newId(), walletNumber, decidedBy: 'somebody@else.example' };
      expect((await pixOn(endToEndId(n), byHand)).payment.status).toBe('completed');
      expect((await pixOn(endToEndId(n))).payment.status).toBe('completed');
    }
  });

  it('pays once inside one merchant, whichever account somebody wrote down for it', async () => {
    expect((await pixOn(endToEndId(3))).payment.status).toBe('completed');
    for (const walletNumber of [account, 'other@shop.example', 'pix'])
      expect((await pixOn(endToEndId(3), { walletNumber })).payment.status).not.toBe('completed');
  });

  it('pays once where two merchants share the account', async () => {
    expect((await pixOn(endToEndId(4))).payment.status).toBe('completed');
    expect((await pixOn(endToEndId(4), { merchantId: newId() })).payment.status).not.toBe('completed');
  });

  it('stays used when it was used before keys named the account, and a stranger is not held up by that', async () => {
    const { payment } = await pixOn(endToEndId(5));
    await test.database.query("DELETE FROM payments.claims WHERE owner = $1 AND scope = 'credit'", [payment.id]);
    await test.database.query("INSERT INTO payments.claims (scope, key, owner) VALUES ('credit', $1, $2)", [
      `live:pix:${endToEndId(5)}`,
      payment.id,
    ]);
    expect((await pixOn(endToEndId(5))).payment.status).not.toBe('completed');
    expect((await pixOn(endToEndId(5), { merchantId: newId() })).payment.status).not.toBe('completed');
    const stranger = { merchantId: newId(), walletNumber: 'other@shop.example' };
    expect((await pixOn(endToEndId(5), stranger)).payment.status).toBe('completed');
  });
});

describe("another merchant's payment", () => {
  it('is as unknown as an id that never was, and stays untouched', async () => {
    const payment = create();
    await send(payment);
    const stranger = { merchantId: newId() };
    for (const command of [
      submit(payment.paymentId, stranger),
      confirm(payment.paymentId, stranger),
      submit(payment.paymentId, { livemode: false }),
      create({ paymentId: payment.paymentId, ...stranger }),
    ]) {
      await expect(sendOne(command)).rejects.toMatchObject({ code: 'PAYMENT_NOT_FOUND' });
    }
    expect(await sendOne({ ...payment, commandId: newId() })).toMatchObject({
      outcome: 'unchanged',
      payment: { version: 1 },
    });
  });
});
