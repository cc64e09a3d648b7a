import 'reflect-metadata';
import { Controller, Inject, Module, type INestApplication } from '@nestjs/common';
import { EventPattern, MessagePattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { busMigrations } from '../embedded/bus.migrations.js';
import { EmbeddedCarrier } from '../embedded/embedded-carrier.js';
import { ContractError, HandlerFault, Refusal, RequestUnavailable } from '../errors.js';
import type { Message } from '../message.js';
import { parkedMessagesMigrationSql, parkedReplayMigrationSql } from '../parking/parked-messages.migration.js';
import type { ParkingLot } from '../parking/parking-lot.js';
import { PostgresParkingLot } from '../parking/postgres-parking-lot.js';
import { messageOf } from '../testing/carrier-harness.js';
import { attachTransport } from './attach-transport.js';
import { PaymatchTransport } from './paymatch-transport.js';

const RECORD = Symbol('record');

interface Record {
  readonly payments: string[];
  readonly webhooks: string[];
  readonly batches: unknown[];
  broken: string | undefined;
  fault: Error;
}

@Controller()
class PaymentsController {
  constructor(@Inject(RECORD) private readonly record: Record) {}

  @MessagePattern({ topic: 'things.commands', group: 'payments.commands' })
  handle(@Payload() command: Message<{ readonly wants: string }>): Promise<unknown> {
    if (command.data.wants === 'refusal') throw new Refusal('PAYMENT_CLOSED', { status: 'completed' });
    if (command.data.wants === 'bug') throw new TypeError('bug');
    return Promise.resolve({ done: command.data.wants, key: command.key });
  }

  @EventPattern({ topic: 'things.events', group: 'payments.thing-events' }, { batchSizeMax: 50, from: 'beginning' })
  async take(@Payload() batch: readonly Message[]): Promise<void> {
    this.record.batches.push(batch);
    for (const message of batch) if (message.id === this.record.broken) throw this.record.fault;
    this.record.payments.push(...batch.map((message) => message.id));
  }
}

@Controller()
class WebhooksController {
  constructor(@Inject(RECORD) private readonly record: Record) {}

  @EventPattern({ topic: 'things.events', group: 'webhook-dispatch.thing-events' })
  async take(@Payload() batch: readonly Message[]): Promise<void> {
    this.record.webhooks.push(...batch.map((message) => message.id));
  }
}

class Parked1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(parkedMessagesMigrationSql('svc'));
    await runner.query(parkedReplayMigrationSql('svc'));
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

let bus: TestDatabase;
let services: TestDatabase;
let carrier: EmbeddedCarrier;
let transport: PaymatchTransport;
let app: INestApplication;
let parkingLot: ParkingLot;
let record: Record;
const asked: string[] = [];

async function startApp(): Promise<void> {
  carrier = new EmbeddedCarrier({ database: bus.database, logger: silentLogger });
  transport = new PaymatchTransport({
    carrier,
    logger: silentLogger,
    runner: { backoffFirstMs: 1, backoffMaxMs: 5, attemptsMax: 3 },
    replayLookMs: 50,
    parkingLotOf: (service) => {
      asked.push(service);
      return parkingLot;
    },
  });
  @Module({ controllers: [PaymentsController, WebhooksController], providers: [{ provide: RECORD, useValue: record }] })
  class AppModule {}
  const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
  app = testing.createNestApplication(new FastifyAdapter(), { logger: false });
  attachTransport(app, transport);
  await app.startAllMicroservices();
}

beforeEach(async () => {
  [bus, services] = await Promise.all([
    createTestDatabase({ schema: 'bus', migrations: busMigrations }),
    createTestDatabase({ schema: 'svc', migrations: [Parked1700000000000] }),
  ]);
  parkingLot = new PostgresParkingLot(services.database);
  record = { payments: [], webhooks: [], batches: [], broken: undefined, fault: new TypeError('bug') };
  asked.length = 0;
  await startApp();
});
afterEach(async () => {
  await app.close();
  await Promise.all([bus.drop(), services.drop()]);
});

describe('Nest controllers on the transport', () => {
  it("receive decoded batches, each group all of them, and ask for their own service's parking lot", async () => {
    const messages = ['a-1', 'b-1', 'a-2'].map((id) => messageOf(id[0] as string, id, { id }));
    await carrier.publish('things.events', messages);
    await eventually(() => {
      expect(record.payments).toEqual(['a-1', 'b-1', 'a-2']);
      expect(record.webhooks).toEqual(['a-1', 'b-1', 'a-2']);
    });
    expect(record.batches.flat()).toEqual(messages);
    expect([...new Set(asked)].toSorted()).toEqual(['payments', 'webhook-dispatch']);
    expect(transport.problems()).toEqual([]);
  });

  it('answer commands', async () => {
    expect(
      await carrier.request('things.commands', messageOf('p1', 'c1', { wants: 'answer' }), { timeoutMs: 5_000 }),
    ).toEqual({ done: 'answer', key: 'p1' });
  });

  it('refuse commands with a code the caller sees', async () => {
    const error = await carrier
      .request('things.commands', messageOf('p1', 'c1', { wants: 'refusal' }), { timeoutMs: 5_000 })
      .catch((fault: unknown) => fault);
    expect(error).toBeInstanceOf(Refusal);
    expect(error).toMatchObject({ code: 'PAYMENT_CLOSED', details: { status: 'completed' } });
  });

  it('that break are told apart from those that do not answer, and the error is not lost', async () => {
    const error = (await carrier
      .request('things.commands', messageOf('p1', 'c1', { wants: 'bug' }), { timeoutMs: 5_000 })
      .catch((fault: unknown) => fault)) as Error;
    expect(error).toBeInstanceOf(RequestUnavailable);
    expect(error.cause).toBeInstanceOf(HandlerFault);
    expect((error.cause as Error).cause).toBeInstanceOf(TypeError);
  });
});

describe('a message that breaks one controller', () => {
  it('is parked there with its key while other keys and other groups go on, and is replayed through it', async () => {
    record.broken = 'a-2';
    await carrier.publish(
      'things.events',
      ['a-1', 'a-2', 'a-3', 'b-1'].map((id) => messageOf(id[0] as string, id)),
    );
    await eventually(async () =>
      expect((await parkingLot.list({})).map((parked) => parked.headers['ce_id'])).toEqual(['a-2', 'a-3']),
    );
    expect((await parkingLot.list({}))[0]).toMatchObject({
      group: 'payments.thing-events',
      attempts: 3,
      error: 'TypeError: bug',
    });
    await eventually(() => {
      expect(record.payments.toSorted()).toEqual(['a-1', 'b-1']);
      expect(record.webhooks).toEqual(['a-1', 'a-2', 'a-3', 'b-1']);
    });
    await parkingLot.requestReplay({ key: 'a' });
    await eventually(async () =>
      expect(await parkingLot.list({})).toMatchObject([{ attempts: 4, replayRequestedAt: null }, { attempts: 0 }]),
    );
    record.broken = undefined;
    await parkingLot.requestReplay({ key: 'a' });
    await eventually(() => expect(record.payments.slice(-2)).toEqual(['a-2', 'a-3']));
    await eventually(async () => expect(await parkingLot.list({})).toEqual([]));
    expect(record.webhooks).toEqual(['a-1', 'a-2', 'a-3', 'b-1']);
    await carrier.publish('things.events', [messageOf('a', 'a-4')]);
    await eventually(() => expect(record.payments.slice(-3)).toEqual(['a-2', 'a-3', 'a-4']));
  });

  it('lets what waited behind it go on, in order, when it is given up', async () => {
    record.broken = 'a-1';
    await carrier.publish(
      'things.events',
      ['a-1', 'a-2', 'a-3'].map((id) => messageOf('a', id)),
    );
    await eventually(async () => expect(await parkingLot.list({})).toHaveLength(3));
    const [first] = await parkingLot.list({});
    await parkingLot.discard(first!.id);
    await eventually(() => expect(record.payments).toEqual(['a-2', 'a-3']));
    await carrier.publish('things.events', [messageOf('a', 'a-4')]);
    await eventually(() => expect(record.payments).toEqual(['a-2', 'a-3', 'a-4']));
    expect((await parkingLot.list({ status: 'discarded' })).map(({ id }) => id)).toEqual([first!.id]);
  });

  it('is parked at the first attempt when the controller finds its contents wrong', async () => {
    record.broken = 'a-1';
    record.fault = new ContractError('no amount');
    await carrier.publish('things.events', [messageOf('a', 'a-1')]);
    await eventually(async () =>
      expect(await parkingLot.list({})).toEqual([
        expect.objectContaining({ attempts: 1, error: 'ContractError: no amount' }),
      ]),
    );
  });
});

describe('stopping and starting', () => {
  it('goes on where it stopped, without repeating', async () => {
    await carrier.publish('things.events', [messageOf('a', 'a-1')]);
    await eventually(() => {
      expect(record.payments).toEqual(['a-1']);
      expect(record.webhooks).toEqual(['a-1']);
    });
    await app.close();
    await startApp();
    await carrier.publish('things.events', [messageOf('a', 'a-2')]);
    await eventually(() => {
      expect(record.payments).toEqual(['a-1', 'a-2']);
      expect(record.webhooks).toEqual(['a-1', 'a-2']);
    });
  });

  it('does not wait for a message that only waits for its next attempt', async () => {
    await app.close();
    record.broken = 'a-1';
    record.fault = Object.assign(new Error('refused'), { code: 'ECONNREFUSED' });
    await startApp();
    await carrier.publish('things.events', [messageOf('a', 'a-1')]);
    await eventually(() => expect(record.batches.length).toBeGreaterThan(3));
    const startedAtMs = performance.now();
    await app.close();
    expect(performance.now() - startedAtMs).toBeLessThan(3_000);
    record.broken = undefined;
    await startApp();
    await eventually(() => expect(record.payments).toEqual(['a-1']));
  });
});

describe('a wrong wiring', () => {
  it('is refused: a transport that was not connected with attachTransport', async () => {
    const lonely = new PaymatchTransport({ carrier, logger: silentLogger, parkingLotOf: () => parkingLot });
    const error = await new Promise((resolve) => {
      lonely.listen(resolve);
    });
    expect(String(error)).toContain('attachTransport');
  });

  it.each([
    [{ topic: 't' }, /\{ topic, group \}/],
    ['t', /\{ topic, group \}/],
    [{ topic: 't', group: 'nameless' }, /\{service\}\.\{purpose\}/],
    [{ topic: 'things.events', group: 'payments.thing-events' }, /two handlers/],
  ])('is refused: the pattern %j', (pattern, reason) => {
    expect(() => transport.addHandler(pattern, async () => undefined, true)).toThrow(reason);
  });
});
