import { silentLogger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { eventually } from '@paymatch/platform-testing';
import type { Message } from '../../message.js';
import type { ParkedMessage, ParkingLot } from '../../parking/parking-lot.js';
import { BatchRunner } from '../../runner/batch-runner.js';
import { defaultRunnerSettings } from '../../runner/runner-settings.js';
import { KEYS, numbered, type CarrierRun } from './carrier-run.js';

const settings = { ...defaultRunnerSettings, backoffFirstMs: 5, backoffMaxMs: 50 };

/** A handler that writes a row a message, by a role whose rights and table can be taken from it. */
interface Writing {
  readonly database: Database;
  readonly runner: BatchRunner;
  rows(): Promise<readonly string[]>;
  parked(): Promise<readonly ParkedMessage[]>;
}

export function describeOutages(run: CarrierRun): void {
  async function write(
    options: {
      readonly before?: (message: Message) => void;
      readonly settings?: Partial<typeof settings>;
    } = {},
  ): Promise<Writing> {
    const { database, parkingLot } = await run.harness.createService();
    await database.query(
      `CREATE TABLE ${database.schema}.effects (id text PRIMARY KEY, n bigint GENERATED ALWAYS AS IDENTITY)`,
    );
    await database.query(`CREATE ROLE ${database.schema}_writer`);
    await database.query(`GRANT USAGE ON SCHEMA ${database.schema} TO ${database.schema}_writer`);
    await database.query(`GRANT SELECT, INSERT ON ${database.schema}.effects TO ${database.schema}_writer`);
    const runner = new BatchRunner({
      group: run.group,
      topic: run.topic,
      parkingLot,
      logger: silentLogger,
      dataVersionMax: 1,
      isOrdered: true,
      settings: { ...settings, ...options.settings },
      handle: (batch) =>
        database.transaction(async (tx) => {
          await tx.query(`SET LOCAL ROLE ${database.schema}_writer`);
          await tx.query("SET LOCAL lock_timeout = '50ms'");
          for (const message of batch) {
            options.before?.(message);
            await tx.query(`INSERT INTO ${database.schema}.effects (id) VALUES ($1) ON CONFLICT DO NOTHING`, [
              message.id,
            ]);
          }
        }),
    });
    const carrier = await run.instance();
    await run.consume(carrier, (batch) => runner.run(batch), { onOwnershipChange: () => runner.ownershipChanged() });
    return {
      database,
      runner,
      rows: async () =>
        (await database.query<{ id: string }>(`SELECT id FROM ${database.schema}.effects ORDER BY n`)).rows.map(
          ({ id }) => id,
        ),
      parked: () => allOf(parkingLot, run.group),
    };
  }

  describe('surroundings that fail every message', () => {
    it.each([
      [
        'a right is taken away',
        'REVOKE INSERT ON {s}.effects FROM {s}_writer',
        'GRANT INSERT ON {s}.effects TO {s}_writer',
      ],
      [
        'a column is missing',
        'ALTER TABLE {s}.effects RENAME COLUMN id TO other',
        'ALTER TABLE {s}.effects RENAME COLUMN other TO id',
      ],
      ['a table is missing', 'ALTER TABLE {s}.effects RENAME TO others', 'ALTER TABLE {s}.others RENAME TO effects'],
    ])(
      'are waited for, with nothing parked: %s',
      async (_, breakIt, mendIt) => {
        const { database, runner, rows, parked } = await write();
        const carrier = await run.instance();
        await carrier.publish(run.topic, numbered(1, 1));
        await eventually(async () => expect(await rows()).toHaveLength(KEYS.length), { timeoutMs: 20_000 });
        await database.query(breakIt.replaceAll('{s}', database.schema));
        await carrier.publish(run.topic, numbered(2, 4));
        await eventually(() => expect(runner.waitingFor().join()).toContain('fail alike'), { timeoutMs: 20_000 });
        expect(await parked()).toEqual([]);
        await database.query(mendIt.replaceAll('{s}', database.schema));
        await eventually(async () => expect(await rows()).toHaveLength(4 * KEYS.length), { timeoutMs: 30_000 });
        expect(await parked()).toEqual([]);
        await eventually(() => expect(runner.waitingFor()).toEqual([]), { timeoutMs: 10_000 });
      },
      90_000,
    );

    it('are waited for while somebody holds a lock on the table', async () => {
      const { database, rows, parked } = await write();
      const carrier = await run.instance();
      await database.transaction(async (tx) => {
        await tx.query(`LOCK TABLE ${database.schema}.effects IN ACCESS EXCLUSIVE MODE`);
        await carrier.publish(run.topic, numbered(1, 2));
        // Longer than five attempts of every key take.
        await new Promise((resolve) => {
          setTimeout(resolve, 3_000);
        });
        expect(await parked()).toEqual([]);
      });
      await eventually(async () => expect(await rows()).toHaveLength(2 * KEYS.length), { timeoutMs: 30_000 });
      expect(await parked()).toEqual([]);
    }, 60_000);

    it('are told from a message that fails alone, which is parked while the others go on', async () => {
      const { rows, parked } = await write({
        before: (message) => {
          if (message.id === 'b-2') throw new TypeError('poison');
        },
      });
      const carrier = await run.instance();
      await carrier.publish(run.topic, numbered(1, 3));
      await eventually(async () => expect(await rows()).toHaveLength(3 * KEYS.length - 2), { timeoutMs: 20_000 });
      await eventually(
        async () => expect((await parked()).map(({ headers }) => headers['ce_id'])).toEqual(['b-2', 'b-3']),
        { timeoutMs: 20_000 },
      );
    }, 60_000);

    it('may be a fault of ours in every message: none is parked, and all are handled once it is mended', async () => {
      let isBroken = true;
      const { runner, rows, parked } = await write({
        before: () => {
          if (isBroken) throw new TypeError("Cannot read properties of undefined (reading 'id')");
        },
      });
      const carrier = await run.instance();
      await carrier.publish(run.topic, numbered(1, 2));
      await eventually(() => expect(runner.waitingFor().join()).toContain('fail alike'), { timeoutMs: 20_000 });
      expect(await parked()).toEqual([]);
      isBroken = false;
      await eventually(async () => expect(await rows()).toHaveLength(2 * KEYS.length), { timeoutMs: 30_000 });
      expect(await parked()).toEqual([]);
    }, 60_000);
  });
}

async function allOf(parkingLot: ParkingLot, group: string): Promise<readonly ParkedMessage[]> {
  return parkingLot.list({ group });
}
