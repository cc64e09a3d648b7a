import {
  newId,
  topics,
  type CreatePayment,
  type CreditEvent,
  type CreditMatched,
  type MatchRefused,
  type MoneyReturned,
  type PaymentCommand,
  type PaymentEventData,
  type PaymentReply,
} from '@paymatch/contracts';
import { BUS_SCHEMA, busMigrations, decodeMessage, EmbeddedCarrier, type Message } from '@paymatch/platform-messaging';
import { silentLogger } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import { runServices, type RunningService } from '@paymatch/platform-service';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { paymentsMigrations, paymentsSchema } from './payments.migrations.js';
import { paymentsService } from './payments.service.js';
import { aCreation } from './testing/commands.js';

const merchantId = newId();
let nowMs = Date.parse('2026-06-12T08:30:00.000Z');
const clock = { nowMs: () => nowMs };

let test: TestDatabase;
let bus: Database;
let carrier: EmbeddedCarrier;
let service: RunningService;
const facts: PaymentEventData[] = [];
const refusals: MatchRefused[] = [];

async function startService(): Promise<void> {
  bus = await Database.connect({
    url: test.url,
    schema: BUS_SCHEMA,
    migrations: busMigrations,
    poolMax: 5,
    applicationName: 'test',
  });
  await migrate(bus);
  carrier = new EmbeddedCarrier({ database: bus, logger: silentLogger });
  service = await runServices({
    name: 'payments',
    definitions: [paymentsService],
    settings: { batchSizeMax: 50, batchConcurrencyMax: 2, expirySweepIntervalMs: 50 },
    databaseUrl: test.url,
    databaseWaitMs: 0,
    migrates: true,
    carrier,
    logger: silentLogger,
    clock,
    host: '127.0.0.1',
    port: 0,
    stopDeadlineMs: 10_000,
    closers: [() => bus.close()],
  });
}

beforeAll(async () => {
  test = await createTestDatabase({ schema: paymentsSchema, migrations: paymentsMigrations });
  await startService();
  await carrier.subscribe({
    group: 'test.facts',
    topics: [topics.paymentsEvents.name],
    from: 'beginning',
    batchSizeMax: 100,
    onBatch: async (batch) => {
      facts.push(...batch.map((wire) => decodeMessage(wire, 1).data as PaymentEventData));
    },
  });
  await carrier.subscribe({
    group: 'test.refusals',
    topics: [topics.paymentsRefusals.name],
    from: 'beginning',
    batchSizeMax: 100,
    onBatch: async (batch) => {
      refusals.push(...batch.map((wire) => decodeMessage(wire, 1).data as MatchRefused));
    },
  });
});
afterAll(async () => {
  await service.stop();
  await test.drop();
});

const iso = (ms: number) => new Date(ms).toISOString();

function messageOf<Data>(type: string, key: string, data: Data): Message<Data> {
  const id = newId();
  return {
    id,
    type,
    source: 'test',
    key,
    time: iso(nowMs),
    dataVersion: 1,
    correlationId: id,
    causationId: null,
    data,
  };
}

function send(command: PaymentCommand): Promise<PaymentReply> {
  return carrier.request(topics.paymentsCommands.name, messageOf(command.type, command.paymentId, command), {
    timeoutMs: 5_000,
  });
}

const create = (parts: Partial<CreatePayment> = {}): CreatePayment =>
  aCreation({ merchantId, now: iso(nowMs), expiresAt: iso(nowMs + 1_800_000), ...parts });

function factsOf(paymentId: string): PaymentEventData[] {
  return facts.filter((fact) => fact.payment.id === paymentId);
}

function matched(paymentId: string, trxId: string): CreditMatched {
  return {
    type: 'credits.matched',
    eventId: newId(),
    merchantId,
    livemode: true,
    occurredAt: iso(nowMs),
    paymentId,
    claimKey: `trx:bkash:${trxId}`,
    toleranceMinor: 0,
    decidedBy: null,
    credit: {
      creditId: newId(),
      provider: 'bkash',
      trxId,
      amountMinor: 50_000,
      currency: 'BDT',
      walletNumber: '01900000001',
      senderNumber: null,
      receivedAt: iso(nowMs),
    },
  };
}

describe('the payments service', () => {
  it('answers a command and publishes its fact with the payment as it stood then', async () => {
    const command = create();
    const reply = await send(command);
    expect(reply.payment).toMatchObject({ id: command.paymentId, status: 'pending', version: 1 });
    await eventually(() => expect(factsOf(command.paymentId)).toEqual(reply.events));
  });

  it('answers a command it refuses with the reason', async () => {
    await expect(
      send({
        type: 'ExpirePayment',
        commandId: newId(),
        paymentId: newId(),
        merchantId,
        livemode: true,
        now: iso(nowMs),
      }),
    ).rejects.toMatchObject({ name: 'Refusal', code: 'PAYMENT_NOT_FOUND' });
  });

  it('refuses a command with an id that is none, and carries out those that came with it', async () => {
    const good = create();
    const [bad, fine] = await Promise.allSettled([send(create({ merchantId: 'nobody' })), send(good)]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { name: 'Refusal', code: 'INVALID_COMMAND' } });
    expect(fine).toMatchObject({ status: 'fulfilled', value: { payment: { id: good.paymentId } } });
  });

  it('completes a payment whose credit was matched, once, however often the match is told', async () => {
    const command = create();
    await send(command);
    await send({
      type: 'SubmitTrx',
      commandId: newId(),
      paymentId: command.paymentId,
      merchantId,
      livemode: true,
      now: iso(nowMs),
      provider: 'bkash',
      trxId: 'DFC7BUS001',
      senderNumber: null,
      walletNumber: '01900000001',
    });
    const match = messageOf('credits.matched', `${merchantId}:01900000001`, matched(command.paymentId, 'DFC7BUS001'));
    await carrier.publish(topics.creditsEvents.name, [match, match]);
    await carrier.publish(topics.creditsEvents.name, [match]);
    await eventually(() =>
      expect(factsOf(command.paymentId).map((fact) => [fact.payment.version, fact.type])).toEqual([
        [1, 'payments.payment-created'],
        [2, 'payments.trx-submitted'],
        [3, 'payments.payment-completed'],
      ]),
    );
  });

  it('answers a match that becomes no fact: of an unknown payment, of spent money, of a payment that has said so before', async () => {
    const answered = async (match: CreditMatched, reason: string): Promise<void> => {
      await carrier.publish(topics.creditsEvents.name, [messageOf(match.type, 'k', match)]);
      const { paymentId, credit } = match;
      const expected = { merchantId, livemode: true, paymentId, creditId: credit.creditId, reason };
      await eventually(() => expect(refusals).toContainEqual(expect.objectContaining(expected)));
    };
    await answered(matched(newId(), 'DFC7BUS091'), 'payment_not_found');
    const [paid, other] = [create(), create()];
    await send(paid);
    await send(other);
    const first = { ...matched(paid.paymentId, 'DFC7BUS092'), decidedBy: 'Rahim' };
    await carrier.publish(topics.creditsEvents.name, [messageOf(first.type, 'k', first)]);
    await eventually(() => expect(factsOf(paid.paymentId).at(-1)!.payment.status).toBe('completed'));
    await answered({ ...first, eventId: newId(), paymentId: other.paymentId }, 'credit_already_used');
    const second = { ...matched(paid.paymentId, 'DFC7BUS093'), decidedBy: 'Rahim' };
    await carrier.publish(topics.creditsEvents.name, [messageOf(second.type, 'k', second)]);
    await eventually(() => expect(factsOf(paid.paymentId).at(-1)!.payment.reviewReason).toBe('already_paid'));
    await answered({ ...second, eventId: newId() }, 'already_paid');
    expect(refusals).toHaveLength(3);
  });

  it('tells of money that went back, once, and leaves the payment paid', async () => {
    const command = create();
    await send(command);
    const match = matched(command.paymentId, 'DFC7BACK01');
    await carrier.publish(topics.creditsEvents.name, [messageOf('credits.matched', merchantId, match)]);
    await eventually(() => expect(factsOf(command.paymentId).at(-1)?.payment.status).toBe('completed'));
    const { credit, paymentId, livemode, occurredAt } = match;
    const returned = (): MoneyReturned => ({
      type: 'credits.money-returned',
      eventId: newId(),
      merchantId,
      livemode,
      occurredAt,
      paymentId,
      returnId: 'D1',
      amountMinor: 50_000,
      reason: null,
      credit,
    });
    await carrier.publish(topics.creditsEvents.name, [
      messageOf('credits.money-returned', merchantId, returned()),
      messageOf('credits.money-returned', merchantId, returned()),
    ]);
    const sentinel = create();
    await send(sentinel);
    await eventually(() => expect(factsOf(command.paymentId).at(-1)?.type).toBe('payments.money-returned'));
    await eventually(() => expect(factsOf(sentinel.paymentId)).toHaveLength(1));
    expect(factsOf(command.paymentId).map((fact) => [fact.payment.version, fact.payment.status])).toEqual([
      [1, 'pending'],
      [2, 'completed'],
      [3, 'completed'],
    ]);
  });

  it('passes over a match for a payment that is not there, and goes on', async () => {
    const command = create();
    await send(command);
    await carrier.publish(topics.creditsEvents.name, [
      messageOf('credits.matched', merchantId, matched(newId(), 'DFC7NOBODY')),
      messageOf('credits.matched', merchantId, matched(command.paymentId, 'DFC7SOMEBD')),
    ]);
    await eventually(() => expect(factsOf(command.paymentId).at(-1)?.payment.status).toBe('completed'));
  });

  it('fails a payment that a person has rejected, in their name, and leaves a completed one alone', async () => {
    const [rejected, paid] = [create(), create()];
    await send(rejected);
    await send(paid);
    await carrier.publish(topics.creditsEvents.name, [
      messageOf('credits.matched', merchantId, matched(paid.paymentId, 'DFC7PAIDBY')),
    ]);
    await eventually(() => expect(factsOf(paid.paymentId).at(-1)?.payment.status).toBe('completed'));
    const rejection = (paymentId: string): CreditEvent => ({
      type: 'credits.payment-rejected',
      eventId: newId(),
      merchantId,
      livemode: true,
      occurredAt: iso(nowMs),
      paymentId,
      caseId: newId(),
      reason: 'forged',
      actor: 'Rahima',
    });
    await carrier.publish(
      topics.creditsEvents.name,
      [paid.paymentId, rejected.paymentId].map((paymentId) =>
        messageOf('credits.payment-rejected', merchantId, rejection(paymentId)),
      ),
    );
    await eventually(() =>
      expect(factsOf(rejected.paymentId).at(-1)).toMatchObject({
        details: { decidedBy: 'Rahima', note: 'forged' },
        payment: { status: 'failed', failureReason: 'rejected_by_admin' },
      }),
    );
    expect(factsOf(paid.paymentId).at(-1)?.payment.status).toBe('completed');
  });

  it('expires payments whose time has come and leaves those that wait for their credit', async () => {
    const waits = create();
    const forgotten = create();
    await send(waits);
    await send(forgotten);
    await send({
      type: 'SubmitTrx',
      commandId: newId(),
      paymentId: waits.paymentId,
      merchantId,
      livemode: true,
      now: iso(nowMs),
      provider: 'bkash',
      trxId: 'DFC7WAITS1',
      senderNumber: null,
      walletNumber: '01900000001',
    });
    await eventually(() => expect(factsOf(waits.paymentId)).toHaveLength(2));
    nowMs += 1_800_000;
    await eventually(() => expect(factsOf(forgotten.paymentId).at(-1)?.payment.status).toBe('expired'));
    expect(factsOf(waits.paymentId).at(-1)?.payment.status).toBe('awaiting_verification');
    const left = await test.database.query(
      'SELECT payment_id FROM payments.expiry_schedule WHERE payment_id = ANY($1)',
      [[waits.paymentId, forgotten.paymentId]],
    );
    expect(left.rows).toEqual([]);
  });

  it('publishes after a restart what was committed before it and not yet published, in order', async () => {
    const before = facts.length;
    await service.stop();
    // Committed by a process that died before its relay came by.
    const { PaymentCommandHandler } = await import('./payment-command.handler.js');
    const orphan = create();
    await new PaymentCommandHandler(test.database).commitBatch([messageOf('CreatePayment', orphan.paymentId, orphan)]);
    await startService();
    await carrier.subscribe({
      group: 'test.after-restart',
      topics: [topics.paymentsEvents.name],
      from: 'beginning',
      batchSizeMax: 100,
      onBatch: async (batch) => {
        facts.push(...batch.map((wire) => decodeMessage(wire, 1).data as PaymentEventData));
      },
    });
    await eventually(() => expect(factsOf(orphan.paymentId)).toHaveLength(1));
    // The new group reads the whole topic from its beginning: the same facts in the same order, then the orphan's.
    expect(facts.slice(before).map((fact) => fact.eventId)).toEqual([
      ...facts.slice(0, before).map((fact) => fact.eventId),
      factsOf(orphan.paymentId)[0]!.eventId,
    ]);
  });
});
