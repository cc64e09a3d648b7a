import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { Agent, request } from 'undici';
import type { RunOptions } from './bench-options.js';
import { startDispatchService, withShop, type DispatchService } from './dispatch-service.js';
import { withDurablePostgres } from './durable-postgres.js';
import { serverMicroseconds } from './processor-time.js';
import { median, spread, type Report } from './report.js';

const ROUNDS = 5;
/** A round of ours and one of the plain loop. */
const ROUND_WEBHOOKS = 6_000;
const ROUND_MS = 2_000;
const CONNECTIONS = 64;
const PUBLISHED_AT_ONCE = 500;
/** Asking is work of this very process: seldom enough that it is not what is measured. */
const HEARD_EVERY_MS = 25;
const RATE_MS = 10_000;
const RATES = [1, 10, 100] as const;
/** About as many bytes as a webhook of contract A. */
const BODY = JSON.stringify({ id: 'x'.repeat(36), data: 'x'.repeat(1_000) });

interface Shop {
  readonly url: string;
  heard(): Promise<number>;
}

interface Measured {
  readonly service: DispatchService;
  readonly shop: Shop;
  readonly read: () => Promise<Reading>;
}

/** What the service and its database have done so far. */
interface Reading {
  readonly statements: number;
  readonly writeTransactions: number;
  readonly walBytes: number;
  readonly nodeMs: number;
  readonly postgresMs: number;
}

/**
 * The webhook service by itself, from facts on the embedded log to answered webhooks: as fast as it can, in turns with
 * a plain undici loop that keeps and promises nothing, to the same receiver; then what a webhook costs when few come.
 */
export function run({ isQuick }: RunOptions): Promise<Report> {
  return withDurablePostgres((url, server) =>
    withShop(async (shop) => {
      const count = countStatements();
      const observer = new Client({ connectionString: url });
      await observer.connect();
      const service = await startDispatchService(url, shop.url);
      const read = async (): Promise<Reading> => {
        const before = count.statements;
        const { rows } = await observer.query<{ wal: number; xids: number }>(
          `SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 AS wal,
            pg_snapshot_xmax(pg_current_snapshot())::text::float8 AS xids`,
        );
        count.statements = before;
        const { user, system } = process.cpuUsage();
        return {
          statements: before,
          writeTransactions: rows[0]!.xids,
          walBytes: rows[0]!.wal,
          nodeMs: (user + system) / 1_000,
          postgresMs: (serverMicroseconds(server.pid) ?? Number.NaN) / 1_000,
        };
      };
      try {
        return await measure({ service, shop, read }, isQuick);
      } finally {
        await service.stop();
        await observer.end();
        count.stop();
      }
    }),
  );
}

async function measure(measured: Measured, isQuick: boolean): Promise<Report> {
  const { service, shop, read } = measured;
  await deliver(service, shop, ROUND_WEBHOOKS);
  await plainLoop(shop.url, ROUND_MS);
  const rounds: { ours: number; plain: number; cost: Reading }[] = [];
  for (let round = 0; round < (isQuick ? 2 : ROUNDS); round += 1) {
    const before = await read();
    const ours = await deliver(service, shop, ROUND_WEBHOOKS);
    const cost = perWebhook(before, await read(), ROUND_WEBHOOKS);
    rounds.push({ ours, plain: await plainLoop(shop.url, ROUND_MS), cost });
  }
  const ratios = rounds.map(({ ours, plain }) => ours / plain);
  const lines = [
    `webhooks/s ${spread(rounds.map(({ ours }) => ours))}; plain undici loop ` +
      `${spread(rounds.map(({ plain }) => plain))}; ratio ${spread(ratios, 2)}`,
    '| webhooks | statements | write transactions | WAL bytes | Node ms | PostgreSQL ms | (each, per webhook)',
    costLine(
      'as fast as it can',
      rounds.map(({ cost }) => cost),
    ),
  ];
  const durationMs = isQuick ? RATE_MS / 2 : RATE_MS;
  lines.push(costLine('none: per second', [await atRate(measured, 0, durationMs)]));
  for (const perSecond of RATES)
    lines.push(costLine(`${perSecond} a second`, [await atRate(measured, perSecond, durationMs)]));
  return {
    lines,
    targets: [
      { name: 'webhooks/s against the plain loop', value: median(ratios), atLeast: 0.4 },
      { name: 'webhooks/s', value: median(rounds.map(({ ours }) => ours)), atLeast: 1_500 },
    ],
  };
}

/** Publishes that many facts and waits until each has been heard. Gives webhooks a second. */
async function deliver(service: DispatchService, shop: Shop, count: number): Promise<number> {
  const wanted = (await shop.heard()) + count;
  const beganAt = performance.now();
  for (let left = count; left > 0; left -= PUBLISHED_AT_ONCE) await service.publish(Math.min(left, PUBLISHED_AT_ONCE));
  while ((await shop.heard()) < wanted) await sleep(HEARD_EVERY_MS);
  return (count / (performance.now() - beganAt)) * 1_000;
}

async function plainLoop(url: string, durationMs: number): Promise<number> {
  const agent = new Agent({ connections: CONNECTIONS });
  const beganAt = performance.now();
  let sent = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      while (performance.now() - beganAt < durationMs) {
        const { body } = await request(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: BODY,
          dispatcher: agent,
        });
        await body.dump();
        sent += 1;
      }
    }),
  );
  const perSecond = (sent / (performance.now() - beganAt)) * 1_000;
  await agent.close();
  return perSecond;
}

/** Per webhook; per second when there are none. */
async function atRate({ service, shop, read }: Measured, perSecond: number, durationMs: number): Promise<Reading> {
  await sleep(1_000);
  const count = (perSecond * durationMs) / 1_000;
  const wanted = (await shop.heard()) + count;
  const before = await read();
  const beganAt = performance.now();
  for (let sent = 0; sent < count; sent += 1) {
    await sleep(Math.max(0, beganAt + (sent * 1_000) / perSecond - performance.now()));
    await service.publish(1);
  }
  await sleep(Math.max(0, beganAt + durationMs - performance.now()));
  while ((await shop.heard()) < wanted) await sleep(20);
  return perWebhook(before, await read(), count === 0 ? durationMs / 1_000 : count);
}

function perWebhook(before: Reading, after: Reading, count: number): Reading {
  const each = (key: keyof Reading): number => (after[key] - before[key]) / count;
  return {
    statements: each('statements'),
    writeTransactions: each('writeTransactions'),
    walBytes: each('walBytes'),
    nodeMs: each('nodeMs'),
    postgresMs: each('postgresMs'),
  };
}

function costLine(what: string, costs: readonly Reading[]): string {
  const cell = (key: keyof Reading, digits: number): string => median(costs.map((cost) => cost[key])).toFixed(digits);
  return (
    `| ${what} | ${cell('statements', 2)} | ${cell('writeTransactions', 2)} | ${cell('walBytes', 0)} | ` +
    `${cell('nodeMs', 2)} | ${cell('postgresMs', 2)} |`
  );
}

/** Statements that this process asks of PostgreSQL, BEGIN and COMMIT included. */
function countStatements(): { statements: number; stop(): void } {
  const query = Reflect.get(Client.prototype, 'query') as (...args: unknown[]) => unknown;
  const count = {
    statements: 0,
    stop: () => {
      Reflect.set(Client.prototype, 'query', query);
    },
  };
  Reflect.set(Client.prototype, 'query', function (this: Client, ...args: unknown[]) {
    count.statements += 1;
    return query.apply(this, args);
  });
  return count;
}
