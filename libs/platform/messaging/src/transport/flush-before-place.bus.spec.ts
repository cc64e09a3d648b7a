import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import 'reflect-metadata';
import { Controller, Inject, Module, type INestApplication } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { silentLogger } from '@paymatch/platform-observability';
import { Database } from '@paymatch/platform-postgres';
import { type EmbeddedPostgres, KafkaBroker, startEmbeddedPostgres } from '@paymatch/platform-dev-servers';
import { eventually } from '@paymatch/platform-testing';
import type { Admin } from 'kafkajs';
import { KafkaCarrier } from '../kafka/kafka-carrier.js';
import { createKafkaClient } from '../kafka/kafka-client.js';
import { ensureTopics } from '../kafka/kafka-topics.js';
import type { Message } from '../message.js';
import { parkedMessagesMigrationSql, parkedReplayMigrationSql } from '../parking/parked-messages.migration.js';
import { PostgresParkingLot } from '../parking/postgres-parking-lot.js';
import { messageOf } from '../testing/carrier-harness.js';
import { describeWithKafka } from '../testing/require-kafka.js';
import { attachTransport } from './attach-transport.js';
import { PaymatchTransport } from './paymatch-transport.js';

const DATABASE = Symbol('database');

/** Writes as the read models do: without waiting for the disk. */
@Controller()
class WritingController {
  constructor(@Inject(DATABASE) private readonly database: Database) {}

  @EventPattern({ topic: 'things.events', group: 'svc.things' })
  async take(@Payload() batch: readonly Message[]): Promise<void> {
    await this.database.relaxed.query('INSERT INTO svc.effects SELECT unnest($1::text[]) ON CONFLICT DO NOTHING', [
      batch.map((message) => message.id),
    ]);
  }
}

describeWithKafka('effects that did not wait for the disk', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'paymatch-flush-'));
  let server: EmbeddedPostgres;
  let database: Database;
  let broker: KafkaBroker;
  let admin: Admin;
  let carrier: KafkaCarrier;
  let app: INestApplication;

  beforeAll(async () => {
    server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'postgres'), durable: true });
    database = await Database.connect({ url: server.url, schema: 'svc', poolMax: 4, applicationName: 'test' });
    await database.query('CREATE SCHEMA IF NOT EXISTS svc');
    await database.query(parkedMessagesMigrationSql('svc'));
    await database.query(parkedReplayMigrationSql('svc'));
    await database.query('CREATE TABLE svc.effects (id text PRIMARY KEY)');
    // So that nobody but us flushes in time.
    await database.query("ALTER SYSTEM SET wal_writer_delay = '10s'");
    await database.query('SELECT pg_reload_conf()');
    broker = await KafkaBroker.start({ dataDir: path.join(folder, 'kafka') });
    const options = { brokers: [broker.address], clientId: 'test', logger: silentLogger };
    admin = createKafkaClient(options).admin();
    await admin.connect();
    await ensureTopics(admin, [{ name: 'things.events', partitions: 3, retentionMs: null }]);
    carrier = new KafkaCarrier(options);
    const transport = new PaymatchTransport({
      carrier,
      logger: silentLogger,
      parkingLotOf: () => new PostgresParkingLot(database),
      effectsOf: () => database,
    });
    @Module({ controllers: [WritingController], providers: [{ provide: DATABASE, useValue: database }] })
    class AppModule {}
    const testing = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = testing.createNestApplication(new FastifyAdapter(), { logger: false });
    attachTransport(app, transport);
    await app.startAllMicroservices();
  }, 180_000);
  afterAll(async () => {
    await app?.close();
    await admin?.disconnect();
    await broker?.stop();
    await database?.close();
    await server?.stop();
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  const committed = async (): Promise<number> => {
    const [topic] = await admin.fetchOffsets({ groupId: 'svc.things:things.events', topics: ['things.events'] });
    return topic!.partitions.reduce((sum, { offset }) => sum + Math.max(Number(offset), 0), 0);
  };

  it('are there after PostgreSQL crashed as soon as their place on the topic is stored', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const ids = Array.from({ length: 30 }, (_, n) => `r${round}-${n}`);
      await carrier.publish(
        'things.events',
        ids.map((id) => messageOf(id, id)),
      );
      await eventually(async () => expect(await committed()).toBe(round * ids.length), {
        timeoutMs: 30_000,
        everyMs: 20,
      });
      const { pid } = server;
      process.kill(pid, 'SIGKILL');
      await eventually(() => expect(server.pid).not.toBe(pid), { timeoutMs: 30_000 });
      await eventually(
        async () => {
          const { rows } = await database.query<{ n: number }>(
            'SELECT count(*) AS n FROM svc.effects WHERE id = ANY($1)',
            [ids],
          );
          expect(rows[0]!.n).toBe(ids.length);
        },
        { timeoutMs: 30_000 },
      );
    }
  }, 120_000);
});
