import { mkdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { RunOptions } from './bench-options.js';
import {
  countStatements,
  ObservedDatabase,
  type DatabaseReading,
  type StatementCost,
  type TableGrowth,
} from './observed-database.js';
import { treeMicroseconds, type TreeTime } from './processor-time.js';
import { ProfiledServer } from './profiled-server.js';
import { latency, percentile, type Report } from './report.js';
import { withStandalone, type RunningSystem } from './running-system.js';
import { ShopClient } from './shop-client.js';
import { WebhookArrivals } from './webhook-arrivals.js';
import { closedLoop, hearOfCreated, paced, ways, type Ends, type PaymentTimes } from './whole-payments.js';

/** Relays, projections and backends that report their counts once a second: what a part began is counted with it. */
const SETTLE_MS = 2_000;
const STATEMENTS_SHOWN = 30;
const TABLES_SHOWN = 20;
const QUERY_CHARS = 150;

interface Part {
  readonly name: string;
  /** Before anything is counted. */
  readonly prepare?: (ends: Ends) => Promise<void>;
  readonly run: (ends: Ends) => Promise<PaymentTimes>;
}

/** Everything of one part, as it was counted. */
interface Measured {
  readonly name: string;
  readonly times: PaymentTimes;
  readonly tree: TreeTime | null;
  readonly database: DatabaseReading;
  readonly elapsedSeconds: number;
  readonly extra: readonly string[];
}

/**
 * Whole payments through all services in one process on a durable embedded PostgreSQL: create, checkout page, TrxID,
 * SMS, webhook received. In a closed loop of 8 and of 64, one alone, and begun at 10 and 100 a second whatever the
 * system does; then nothing at all; then payments that are only created, and the shop told of each.
 */
export async function run(options: RunOptions): Promise<Report> {
  mkdirSync(options.outDir, { recursive: true });
  const profiled = options.takesProfile ? new ProfiledServer(options.outDir) : null;
  options.progress('starting');
  return withStandalone(
    profiled?.environment ?? {},
    async (system) => {
      const database = await ObservedDatabase.connect(system.dataDir);
      const arrivals = await WebhookArrivals.start();
      const client = new ShopClient(system.demo, system.gateways[0]!);
      try {
        await client.sendWebhooksTo(arrivals.url, ['payment.completed']);
        const ends = { client, arrivals };
        const measured: Measured[] = [];
        for (const part of partsOf(options)) {
          options.progress(part.name);
          measured.push(await measure(part, { options, system, database, ends, profiled }));
        }
        return report(measured.slice(1));
      } finally {
        await client.close();
        await arrivals.stop();
        await database.close();
      }
    },
    countStatements,
  );
}

/** The first is the warm-up, whose figures are thrown away. */
function partsOf({ isQuick, only }: RunOptions): readonly Part[] {
  const bounds = (countMax: number, secondsMax: number) =>
    isQuick ? { countMax: Math.ceil(countMax / 4), secondsMax: secondsMax / 4 } : { countMax, secondsMax };
  const nothing: PaymentTimes = { count: 0, seconds: 0, whole: [], lastToWebhook: [], lastToRead: [] };
  let hearing: Promise<void> | undefined;
  const parts: readonly Part[] = [
    { name: '8', run: (ends) => closedLoop(ends, { payers: 8, ...bounds(2_000, 24) }) },
    { name: '64', run: (ends) => closedLoop(ends, { payers: 64, ...bounds(6_000, 32) }) },
    { name: '100/s', run: (ends) => paced(ends, { perSecond: 100, seconds: isQuick ? 5 : 15 }) },
    { name: '10/s', run: (ends) => paced(ends, { perSecond: 10, seconds: isQuick ? 5 : 20 }) },
    { name: 'alone', run: (ends) => closedLoop(ends, { payers: 1, ...bounds(100, 20) }) },
    { name: 'trx-last', run: (ends) => closedLoop(ends, { payers: 1, pay: ways.trxLast, ...bounds(100, 20) }) },
    { name: 'idle', run: () => sleep(isQuick ? 3_000 : 10_000).then(() => nothing) },
    ...[100, 10].map((perSecond) => ({
      name: `created-${perSecond}/s`,
      prepare: (ends: Ends) => (hearing ??= hearOfCreated(ends)),
      run: (ends: Ends) => paced(ends, { perSecond, seconds: isQuick ? 5 : 20, pay: ways.createdOnly }),
    })),
  ];
  const unknown = only.filter((name) => !parts.some((part) => part.name === name));
  if (unknown.length > 0)
    throw new Error(`no part ${unknown.join(', ')}; there are ${parts.map(({ name }) => name).join(', ')}`);
  const warmUp = {
    name: 'warming up',
    run: (ends: Ends) => closedLoop(ends, { payers: 64, countMax: isQuick ? 400 : 1_500, secondsMax: 20 }),
  };
  return [warmUp, ...parts.filter(({ name }) => only.length === 0 || only.includes(name))];
}

interface Observed {
  readonly options: RunOptions;
  readonly system: RunningSystem;
  readonly database: ObservedDatabase;
  readonly ends: Ends;
  readonly profiled: ProfiledServer | null;
}

async function measure(part: Part, { options, system, database, ends, profiled }: Observed): Promise<Measured> {
  await part.prepare?.(ends);
  const statementsBefore = options.showsStatements ? await database.statements() : null;
  const tablesBefore = options.showsStatements ? await database.tables() : null;
  const beganAt = performance.now();
  const treeBefore = treeMicroseconds(system.pid);
  const before = await database.read();
  const profile = profiled ? await profiled.during(system.pid, `peak-${part.name}`, () => part.run(ends)) : null;
  const times = profile?.result ?? (await part.run(ends));
  await sleep(SETTLE_MS);
  const treeAfter = treeMicroseconds(system.pid);
  const after = await database.read();
  const tree = treeBefore &&
    treeAfter && { node: treeAfter.node - treeBefore.node, postgres: treeAfter.postgres - treeBefore.postgres };
  const extra = [...(profile?.lines ?? [])];
  const elapsedSeconds = (performance.now() - beganAt) / 1_000;
  const per = times.count > 0 ? times.count : elapsedSeconds;
  if (statementsBefore && tablesBefore)
    extra.push(
      `per ${times.count > 0 ? 'payment' : 'second'}:`,
      ...statementLines(statementsBefore, await database.statements(), per),
      ...tableLines(tablesBefore, await database.tables(), per),
    );
  return { name: part.name, times, tree, database: difference(after, before), elapsedSeconds, extra };
}

function difference(after: DatabaseReading, before: DatabaseReading): DatabaseReading {
  const pairs = Object.entries(after).map(([name, value]: [string, number]) => [
    name,
    value - before[name as keyof DatabaseReading],
  ]);
  return Object.fromEntries(pairs) as DatabaseReading;
}

function statementLines(
  before: ReadonlyMap<string, StatementCost>,
  after: ReadonlyMap<string, StatementCost>,
  per: number,
): readonly string[] {
  const costs = [...after.values()].map((cost) => {
    const earlier = before.get(cost.query);
    return {
      query: cost.query.trim().slice(0, QUERY_CHARS),
      calls: (cost.calls - (earlier?.calls ?? 0)) / per,
      ms: (cost.ms - (earlier?.ms ?? 0)) / per,
      rows: (cost.rows - (earlier?.rows ?? 0)) / per,
      walBytes: (cost.walBytes - (earlier?.walBytes ?? 0)) / per,
    };
  });
  const show = (by: 'calls' | 'ms'): readonly string[] =>
    costs
      .sort((a, b) => b[by] - a[by])
      .slice(0, STATEMENTS_SHOWN)
      .map(
        ({ calls, ms, rows, walBytes, query }) =>
          `${calls.toFixed(3).padStart(8)} ${ms.toFixed(3).padStart(7)} ${rows.toFixed(2).padStart(6)} ` +
          `${walBytes.toFixed(0).padStart(6)}  ${query}`,
      );
  const head = '   calls      ms   rows    WAL';
  return ['', 'statements by time', head, ...show('ms'), '', 'statements by calls', head, ...show('calls')];
}

function tableLines(
  before: ReadonlyMap<string, TableGrowth>,
  after: ReadonlyMap<string, TableGrowth>,
  per: number,
): readonly string[] {
  const grown = [...after.values()].map(({ table, inserted, updated, deleted, bytes }) => {
    const earlier = before.get(table);
    return {
      table,
      inserted: (inserted - (earlier?.inserted ?? 0)) / per,
      updated: (updated - (earlier?.updated ?? 0)) / per,
      deleted: (deleted - (earlier?.deleted ?? 0)) / per,
      bytes: (bytes - (earlier?.bytes ?? 0)) / per,
    };
  });
  return [
    '',
    '   bytes  inserts updates deletes  by table with its indexes',
    ...grown
      .filter(({ inserted, updated, deleted }) => inserted + updated + deleted > 0)
      .sort((a, b) => b.bytes - a.bytes || b.inserted - a.inserted)
      .slice(0, TABLES_SHOWN)
      .map(
        ({ table, inserted, updated, deleted, bytes }) =>
          `${bytes.toFixed(0).padStart(8)}  ${inserted.toFixed(3).padStart(7)} ${updated.toFixed(3).padStart(7)} ` +
          `${deleted.toFixed(3).padStart(7)}  ${table}`,
      ),
  ];
}

function report(measured: readonly Measured[]): Report {
  const figures = Object.fromEntries(measured.map((part) => [part.name, figuresOf(part)]));
  return {
    lines: [
      'whole payments in one process, fsync and synchronous_commit on; per payment, the driver not counted; statements counted by pg_stat_statements',
      'part          payments/s   ms Node + PostgreSQL = both   statements (of them BEGIN/COMMIT)  writing transactions  WAL kB  disk kB  rows ins/upd/del',
      ...measured.filter(({ times }) => times.count > 0).map(lineOf),
      '',
      'part          payments  whole p50 / p99 ms   last thing sent → webhook   → read as completed',
      ...measured.filter(({ times }) => times.count > 0).map(timesLineOf),
      ...measured.filter(({ times }) => times.count === 0).map(idleLineOf),
      ...measured.flatMap(({ name, extra }) => (extra.length === 0 ? [] : ['', `== ${name}`, ...extra])),
    ],
    targets: measured.flatMap(targetsOf),
    figures,
  };
}

function figuresOf({ times, tree, database, elapsedSeconds }: Measured): Readonly<Record<string, number>> {
  const per = times.count === 0 ? elapsedSeconds : times.count;
  const counted = Object.entries(database).map(([name, value]: [string, number]) => [`${name}Each`, value / per]);
  return {
    count: times.count,
    perSecond: times.count / times.seconds,
    nodeMs: (tree?.node ?? Number.NaN) / 1_000 / per,
    postgresMs: (tree?.postgres ?? Number.NaN) / 1_000 / per,
    ...(Object.fromEntries(counted) as Record<string, number>),
    wholeP50Ms: percentile(times.whole, 0.5),
    wholeP99Ms: percentile(times.whole, 0.99),
    webhookP50Ms: percentile(times.lastToWebhook, 0.5),
    webhookP99Ms: percentile(times.lastToWebhook, 0.99),
    readP50Ms: percentile(times.lastToRead, 0.5),
    readP99Ms: percentile(times.lastToRead, 0.99),
  };
}

function lineOf(part: Measured): string {
  const { count } = part.times;
  const each = (value: number, digits: number): string => (value / count).toFixed(digits);
  const { tree, database } = part;
  const ms = tree
    ? `${each(tree.node / 1_000, 2)} + ${each(tree.postgres / 1_000, 2)} = ` +
      `${each((tree.node + tree.postgres) / 1_000, 2)}`
    : 'not known here';
  return [
    part.name.padEnd(13),
    (count / part.times.seconds).toFixed(1).padStart(11),
    ms.padStart(29),
    `${each(database.statements, 1)} (${each(database.transactionStatements, 1)})`.padStart(28),
    each(database.writeTransactions, 2).padStart(27),
    each(database.walBytes / 1_000, 1).padStart(11),
    each(database.diskBytes / 1_000, 1).padStart(8),
    `  ${each(database.inserted, 1)} / ${each(database.updated, 1)} / ${each(database.deleted, 1)}`,
  ].join('');
}

function timesLineOf({ name, times }: Measured): string {
  const shown = (values: readonly number[]): string => (values.length === 0 ? '–' : latency(values));
  return (
    `${name.padEnd(13)} ${String(times.count).padStart(8)}  ${shown(times.whole).padEnd(19)}  ` +
    `${shown(times.lastToWebhook).padEnd(25)}  ${shown(times.lastToRead)}`
  );
}

function idleLineOf({ tree, database, elapsedSeconds }: Measured): string {
  const share = (microseconds: number): string => `${(microseconds / 10_000 / elapsedSeconds).toFixed(2)} %`;
  const processor = tree
    ? `${share(tree.node)} Node + ${share(tree.postgres)} PostgreSQL of one core`
    : 'not known here';
  return (
    `nothing to do: ${processor}, ${(database.statements / elapsedSeconds).toFixed(1)} statements a second, ` +
    `${(database.walBytes / elapsedSeconds).toFixed(0)} bytes of WAL a second`
  );
}

function targetsOf({ name, times, tree, database }: Measured): Report['targets'] {
  const each = (value: number): number => value / times.count;
  const processor = tree === null ? Number.NaN : each((tree.node + tree.postgres) / 1_000);
  if (name === '64')
    return [
      { name: 'peak, whole payments a second', value: times.count / times.seconds, atLeast: 500 },
      { name: 'peak, processor ms a payment', value: processor, atMost: 3.5 },
      { name: 'peak, statements a payment', value: each(database.statements), atMost: 12 },
    ];
  if (name === 'alone') return [{ name: 'alone, statements a payment', value: each(database.statements), atMost: 50 }];
  if (name === 'created-10/s' || name === 'created-100/s') {
    const atMost = name === 'created-10/s' ? 8 : 3;
    return [{ name: `${name}, processor ms a payment with its webhook`, value: processor, atMost }];
  }
  if (name === 'trx-last')
    return [{ name: 'alone, TrxID to completed p50, ms', value: percentile(times.lastToRead, 0.5), atMost: 12 }];
  return [];
}
