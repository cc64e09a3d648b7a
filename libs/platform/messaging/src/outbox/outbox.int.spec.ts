import { silentLogger } from '@paymatch/platform-observability';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { ContractError } from '../errors.js';
import type { Message } from '../message.js';
import { outboxMigrationSql } from './outbox.migration.js';
import { Outbox, OutboxRelay } from './outbox.js';

class Outbox1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(outboxMigrationSql('svc'));
  }
  async down(): Promise<void> {
    throw new Error('forward only');
  }
}

const outbox = new Outbox({ schema: 'svc' });
const messageOf = (id: string, data: unknown = {}): Message => ({
  id,
  type: 'T',
  source: 'svc',
  key: id[0] as string,
  time: '2026-11-03T10:00:00Z',
  dataVersion: 1,
  correlationId: 'c',
  causationId: null,
  data,
});

let test: TestDatabase;
let relay: OutboxRelay | undefined;
beforeEach(async () => {
  test = await createTestDatabase({ schema: 'svc', migrations: [Outbox1700000000000] });
});
afterEach(async () => {
  await relay?.stop();
  relay = undefined;
  await test.drop();
});

function startRelay(publish: (topic: string, messages: readonly Message[]) => Promise<void>): OutboxRelay {
  relay = new OutboxRelay({ database: test.database, bus: { publish }, logger: silentLogger });
  relay.start();
  return relay;
}

describe('facts in the outbox', () => {
  it('are published in the order they were written, each to its topic, and then are gone', async () => {
    const published: [string, string][] = [];
    const running = startRelay(async (topic, messages) => {
      for (const message of messages) published.push([topic, message.id]);
    });
    const withNul = messageOf('a1', { text: 'NUL \u0000' });
    await test.database.transaction((tx) => outbox.append(tx, 'one', [withNul, messageOf('b1')]));
    await test.database.transaction(async (tx) => {
      await outbox.append(tx, 'two', [messageOf('c1')]);
      await outbox.append(tx, 'one', [messageOf('a2')]);
    });
    running.nudge();
    await eventually(() => {
      expect(published.filter(([topic]) => topic === 'one').map(([, id]) => id)).toEqual(['a1', 'b1', 'a2']);
    });
    expect(published).toContainEqual(['two', 'c1']);
    await eventually(async () => (await test.database.query('SELECT 1 FROM svc.outbox')).rowCount === 0);
    expect((await running.lag()).rows).toBe(0);
  });

  it('do not exist when their transaction did not commit', async () => {
    await expect(
      test.database.transaction(async (tx) => {
        await outbox.append(tx, 'one', [messageOf('a1')]);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect((await test.database.query('SELECT 1 FROM svc.outbox')).rowCount).toBe(0);
  });

  it('come back as they were', async () => {
    const published: Message[] = [];
    const message = {
      ...messageOf('a1', { text: 'NUL \u0000 বাংলা', minor: 9_007_199_254_740_991 }),
      causationId: 'x',
      traceparent: '00-a-b-01',
    };
    await test.database.transaction((tx) => outbox.append(tx, 'one', [message]));
    startRelay(async (_, messages) => {
      published.push(...messages);
    });
    await eventually(() => {
      expect(published).toEqual([message]);
    });
  });

  it('stay until the bus has them', async () => {
    let refusals = 2;
    const published: string[] = [];
    await test.database.transaction((tx) => outbox.append(tx, 'one', [messageOf('a1')]));
    startRelay(async (_, messages) => {
      if (refusals > 0) {
        refusals -= 1;
        throw new Error('broker away');
      }
      published.push(...messages.map((message) => message.id));
    });
    await eventually(() => {
      expect(published).toEqual(['a1']);
    });
  });

  it('are refused at once when no carrier could hold them', async () => {
    await expect(
      test.database.transaction((tx) => outbox.append(tx, 'one', [{ ...messageOf('a1'), key: '\u0000' }])),
    ).rejects.toThrow(ContractError);
  });
});
