import { newId, topics, type CreditEvent, type ParkedMessagesPage, type ReviewCase } from '@paymatch/contracts';
import {
  BUS_SCHEMA,
  busMigrations,
  decodeMessage,
  EmbeddedCarrier,
  encodeMessage,
  Outbox,
  PostgresParkingLot,
  type Message,
} from '@paymatch/platform-messaging';
import { silentLogger } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import { runServices, type RunningService } from '@paymatch/platform-service';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { templateRegistry } from '@paymatch/sms-matching-domain';
import { CreditsReceivedHandler } from './messages/credits-received.handler.js';
import { MessageWaits } from './cases/message-waits.js';
import { MatchingStage } from './slots/matching-stage.js';
import { PaymentEventsHandler } from './payments/payment-events.handler.js';
import { smsMatchingMigrations, smsMatchingSchema } from './schema/sms-matching.migrations.js';
import { smsMatchingService } from './sms-matching.service.js';
import { FakePayment, T0, bkashSms, merchantId, newTrxId, received } from './testing/matching-world.js';

let nowMs = T0;
let test: TestDatabase;
let bus: Database;
let carrier: EmbeddedCarrier;
let service: RunningService;
let facts: CreditEvent[] = [];

async function startService(group: string): Promise<void> {
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
    name: 'sms-matching',
    definitions: [smsMatchingService],
    settings: {
      unmatchedGraceMs: 900_000,
      confirmationWaitMs: 120_000,
      trxWaitMs: 900_000,
      matchAttemptsMax: 3,
      handCreditLimitMinor: 1_000_000,
      handCreditLimitBrlMinor: 50_000,
      partWaitMs: 60_000,
      attentionSweepIntervalMs: 50,
      attentionSweepRowsMax: 100,
    },
    databaseUrl: test.url,
    databaseWaitMs: 0,
    migrates: true,
    carrier,
    logger: silentLogger,
    clock: { nowMs: () => nowMs },
    host: '127.0.0.1',
    port: 0,
    stopDeadlineMs: 10_000,
    closers: [() => bus.close()],
  });
  facts = [];
  await carrier.subscribe({
    group,
    topics: [topics.creditsEvents.name],
    from: 'beginning',
    batchSizeMax: 100,
    onBatch: async (batch) => {
      facts.push(...batch.map((wire) => decodeMessage(wire, 1).data as CreditEvent));
    },
  });
}

beforeAll(async () => {
  test = await createTestDatabase({ schema: smsMatchingSchema, migrations: smsMatchingMigrations });
  await startService('test.facts');
});
afterAll(async () => {
  await service.stop();
  await test.drop();
});

const matchedFor = (paymentId: string) =>
  facts.filter((fact) => fact.type === 'credits.matched' && fact.paymentId === paymentId);
const command = <Reply>(type: string, parts: object): Promise<Reply> =>
  carrier.request<Reply>(
    topics.creditsCommands.name,
    {
      ...received(''),
      id: newId(),
      type,
      key: merchantId,
      data: { type, merchantId, livemode: true, ...parts },
    } as Message,
    { timeoutMs: 5_000 },
  );

describe('the sms-matching service', () => {
  it('announces a match of what came over two topics, once, although each came twice', async () => {
    const trxId = newTrxId();
    const payment = new FakePayment();
    const [claim, sms] = [payment.submits(trxId), received(bkashSms({ trxId }))];
    for (let round = 0; round < 2; round += 1) {
      await Promise.all([
        carrier.publish(topics.paymentsEvents.name, [claim]),
        carrier.publish(topics.creditsReceived.name, [sms]),
      ]);
    }
    await eventually(() => expect(matchedFor(payment.id)).toHaveLength(1));
    // A later pair that has gone all the way proves that the copies have gone before it.
    const later = new FakePayment();
    const laterTrxId = newTrxId();
    await carrier.publish(topics.paymentsEvents.name, [later.submits(laterTrxId)]);
    await carrier.publish(topics.creditsReceived.name, [received(bkashSms({ trxId: laterTrxId }))]);
    await eventually(() => expect(matchedFor(later.id)).toHaveLength(1));
    expect(matchedFor(payment.id)).toHaveLength(1);
  });

  it('answers commands over the bus, also with a refusal', async () => {
    await carrier.publish(topics.creditsReceived.name, [
      received(bkashSms({ trxId: newTrxId() }), { sender: 'bKash-BD' }),
    ]);
    const cases = await eventually(async () => {
      const list = await command<readonly ReviewCase[]>('ListReviewCases', {
        status: 'open',
        reason: 'fraud_suspect',
        limit: 10,
        before: null,
      });
      return list.length === 1 && list;
    });
    expect(
      await command<ReviewCase>('GetReviewCase', { caseId: (cases as readonly ReviewCase[])[0]!.id }),
    ).toMatchObject({ reason: 'fraud_suspect' });
    await expect(command('GetReviewCase', { caseId: newId() })).rejects.toMatchObject({
      name: 'Refusal',
      code: 'CASE_NOT_FOUND',
    });
  });

  it('looks after money nobody claims on its own', async () => {
    const trxId = newTrxId();
    await carrier.publish(topics.creditsReceived.name, [received(bkashSms({ trxId }))]);
    await eventually(async () => {
      const known = await test.database.query('SELECT 1 FROM sms_matching.credits WHERE trx_id = $1', [trxId]);
      expect(known.rowCount).toBe(1);
    });
    nowMs += 900_000;
    await eventually(() =>
      expect(
        facts.some((fact) => fact.type === 'credits.review-case-opened' && fact.reason === 'unmatched_credit'),
      ).toBe(true),
    );
  });

  it('parks a message whose bytes are no message of ours, and goes on with other wallets', async () => {
    const payment = new FakePayment();
    const trxId = newTrxId();
    const broken = { ...received('x'), key: 'another wallet', data: { type: 'credits.message-received', body: 7 } };
    await carrier.publish(topics.creditsReceived.name, [broken, received(bkashSms({ trxId }))]);
    await carrier.publish(topics.paymentsEvents.name, [payment.submits(trxId)]);
    await eventually(() => expect(matchedFor(payment.id)).toHaveLength(1));
    const lot = new PostgresParkingLot(test.database);
    await eventually(async () =>
      expect(await lot.list({})).toEqual([
        expect.objectContaining({ group: 'sms-matching.credits', key: 'another wallet' }),
      ]),
    );
  });

  it('lists what is parked of a merchant and mode before anything else knows of that money', async () => {
    const asReceived = (key: string, data: object) => ({ ...received('x'), key, data }) as Message;
    const sms = { type: 'credits.message-received', sender: 'bKash', arrivedAt: '2026-08-14T05:10:00.000Z', body: 7 };
    const mine = `${merchantId}:01711111111`;
    const escaped = 'Tk 500 received, says "livemode":false';
    await carrier.publish(topics.creditsReceived.name, [
      asReceived(mine, { ...sms, merchantId, livemode: true, wallets: escaped }),
      asReceived(mine, { ...sms, merchantId, livemode: false }),
      asReceived('someone else:01711111111', { ...sms, merchantId: 'someone else', livemode: true }),
      asReceived(mine, { type: 'credits.pix-received', merchantId, livemode: true, endToEndId: 8 }),
    ]);
    const { headers } = encodeMessage(topics.creditsReceived.name, received('x'));
    await bus.query('INSERT INTO bus.log (topic, key, headers, value) VALUES ($1, $2, $3, $4)', [
      topics.creditsReceived.name,
      mine,
      JSON.stringify(headers),
      Buffer.from('You have received Tk 500 \xff\0', 'latin1'),
    ]);
    const list = (changes: object = {}): Promise<ParkedMessagesPage> =>
      command('ListParkedMessages', { status: 'parked', limit: 100, before: null, ...changes });
    await eventually(async () => expect((await list()).count).toBe(3));
    const { messages } = await list();
    expect(messages.map(({ kind }) => kind).toSorted()).toEqual(['message', 'pix', 'unreadable']);
    expect(messages.find(({ kind }) => kind === 'message')).toMatchObject({
      status: 'parked',
      sender: 'bKash',
      arrivedAt: sms.arrivedAt,
      body: expect.stringContaining('Tk 500 received'),
      error: expect.stringMatching(/\w+Error: /),
      isReplayRequested: false,
    });
    expect(messages.find(({ kind }) => kind === 'unreadable')).toMatchObject({
      body: expect.stringContaining('You have received Tk 500 '),
      sender: null,
    });
    const [newest, ...older] = messages;
    expect(await list({ limit: 1 })).toEqual({ messages: [newest], count: 3, isCountExact: true });
    expect((await list({ before: newest!.id })).messages).toEqual(older);
    await eventually(async () => expect((await list({ livemode: false })).count).toBe(1));
    expect((await list({ merchantId: 'someone else', livemode: false })).count).toBe(0);
    // A merchant's id that another's begins with.
    expect((await list({ merchantId: merchantId.slice(0, -1) })).count).toBe(0);
    expect((await list({ merchantId: '%' })).count).toBe(0);
    await expect(list({ limit: 101 })).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
    await new PostgresParkingLot(test.database).discard(newest!.id);
    expect([(await list()).count, (await list({ status: 'discarded' })).messages.map(({ id }) => id)]).toEqual([
      2,
      [newest!.id],
    ]);
  });

  it('publishes after a restart what was committed before it', async () => {
    await service.stop();
    const trxId = newTrxId();
    const options = {
      database: test.database,
      outbox: new Outbox({ schema: smsMatchingSchema }),
      registry: templateRegistry,
      logger: silentLogger,
      settings: { unmatchedGraceMs: 1, confirmationWaitMs: 1, partWaitMs: 1_000 },
      waits: new MessageWaits(900_000),
      onCommitted: () => undefined,
    };
    const ports = { ...options, stage: new MatchingStage(options) };
    const payment = new FakePayment();
    await new PaymentEventsHandler(ports).handle([payment.submits(trxId)], nowMs);
    await new CreditsReceivedHandler(ports).handle([received(bkashSms({ trxId }))], nowMs);
    await startService('test.after-restart');
    await eventually(() => expect(matchedFor(payment.id)).toHaveLength(1));
  });
});
