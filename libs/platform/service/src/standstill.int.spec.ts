import { Controller, Module } from '@nestjs/common';
import { EventPattern } from '@nestjs/microservices';
import {
  BUS_SCHEMA,
  busMigrations,
  EmbeddedCarrier,
  parkedMessagesMigrationSql,
  parkedReplayMigrationSql,
} from '@paymatch/platform-messaging';
import { silentLogger, systemClock } from '@paymatch/platform-observability';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { RunningService } from './run-service.js';
import { runServices } from './service-definition.js';

@Controller()
class ThingsConsumer {
  @EventPattern({ topic: 'things.events', group: 'svc.things' })
  async handle(): Promise<void> {
    await Promise.resolve();
  }
}

@Module({ controllers: [ThingsConsumer] })
class ThingsModule {}

class Messaging1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(parkedMessagesMigrationSql('svc'));
    await runner.query(parkedReplayMigrationSql('svc'));
  }

  down(): Promise<void> {
    throw new Error('migrations go forward only');
  }
}

let test: TestDatabase;
let service: RunningService;
beforeAll(async () => {
  test = await createTestDatabase({ schema: BUS_SCHEMA, migrations: busMigrations });
  const carrier = new EmbeddedCarrier({
    database: test.database,
    logger: silentLogger,
    settings: { standstillMs: 0 },
  });
  service = await runServices({
    name: 'svc',
    definitions: [
      {
        name: 'svc',
        schema: 'svc',
        migrations: [Messaging1700000000000],
        settings: () => ({}),
        poolMax: 2,
        modules: () => [{ module: ThingsModule }],
      },
    ],
    settings: {},
    databaseUrl: test.url,
    databaseWaitMs: 0,
    migrates: true,
    carrier,
    logger: silentLogger,
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    stopDeadlineMs: 20_000,
    closers: [],
  });
}, 60_000);
afterAll(async () => {
  await service?.stop();
  await test?.drop();
}, 60_000);

describe('a process whose log nobody can read on, since a transaction that wrote is still open', () => {
  const patiently = { timeoutMs: 30_000 };
  const ready = async (): Promise<readonly [number, string]> => {
    const answer = await fetch(`${service.url}/health/ready`);
    return [answer.status, await answer.text()];
  };

  it('is not ready and says so, and is ready again when it ends', async () => {
    await eventually(async () => expect((await ready())[0]).toBe(200), patiently);
    const open = await test.database.connection();
    const write = (id: string): string =>
      `INSERT INTO bus.log (topic, key, headers, value)
       VALUES ('things.events', 'a', '{"ce_id":"${id}"}', convert_to('{}', 'UTF8'))`;
    await open.query('BEGIN');
    try {
      await open.query(write('a-1'));
      await test.database.query(write('a-2'));
      await eventually(async () => {
        const [status, said] = await ready();
        expect([status, said]).toEqual([503, expect.stringContaining('a transaction that may write is still open')]);
        expect(said).toContain('consumer svc.things of things.events has stood still');
      }, patiently);
    } finally {
      await open.query('ROLLBACK');
      open.release();
    }
    await eventually(async () => expect((await ready())[0]).toBe(200), patiently);
  });
});
