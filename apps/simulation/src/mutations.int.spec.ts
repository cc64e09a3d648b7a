import { topics } from '@paymatch/contracts';
import type { Carrier } from '@paymatch/platform-messaging';
import type { QueryConfig } from 'pg';
import { T0, type History } from './history.js';
import { runSchedule } from './schedule.js';
import type { BrokenParts } from './services.js';
import type { SimulatedDatabase } from './simulated-database.js';
import { startSimulatedServer, type SimulatedServer } from './simulated-server.js';

const SEEDS_MAX = 60;
const REPEATED_SEEDS = 5;
const TIMEOUT_MS = 240_000;

let server: SimulatedServer;
let database: SimulatedDatabase;

beforeAll(async () => {
  server = await startSimulatedServer();
  database = server.database;
}, TIMEOUT_MS);

afterAll(() => server.stop());

/** The carrier with other words for some of what it does. */
function carrierWith(change: (carrier: Carrier) => Partial<Carrier>): NonNullable<BrokenParts['carrier']> {
  return (carrier) => {
    const changed = change(carrier) as Record<string | symbol, unknown>;
    return new Proxy(carrier, {
      get: (target, name) => {
        if (name in changed) return changed[name];
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
  };
}

function statementWith(part: string, change: (query: QueryConfig) => QueryConfig): BrokenParts {
  return {
    statement: (query) => {
      if (!query.text.includes(part)) return query;
      // Sessions outlive this, and know each name by its right words.
      const { name: _, ...changed } = change(query);
      return changed;
    },
  };
}

/** What one group's consumers get to read, with other words in it. */
function readBy(topic: string, group: RegExp, change: (text: string) => string): BrokenParts {
  return {
    carrier: carrierWith((carrier) => ({
      subscribe: (options) => {
        const onBatch: typeof options.onBatch = (batch) =>
          options.onBatch(
            batch.map((message) =>
              message.topic === topic
                ? { ...message, value: Buffer.from(change(Buffer.from(message.value).toString('utf8'))) }
                : message,
            ),
          );
        return carrier.subscribe(group.test(options.group) ? { ...options, onBatch } : options);
      },
    })),
  };
}

const restless: Partial<History> = { faultShare: 0.05, faultsMax: 6, layout: 'one process' };
const wanted = { amountMinor: 50_000, createAtMs: T0, lastsMs: 60_000, refundAtMs: null };

interface Mutation {
  readonly what: string;
  readonly promise: RegExp;
  readonly broken: BrokenParts;
  readonly history: Partial<History>;
}

const mutations: readonly Mutation[] = [
  {
    what: 'a place in a topic is noted before what came is handled',
    promise: /./,
    broken: {
      carrier: carrierWith((carrier) => ({
        subscribe: (options) =>
          carrier.subscribe({
            ...options,
            onBatch: async (batch) => {
              setTimeout(() => {
                options.onBatch(batch).catch(() => undefined);
              }, 100);
            },
          }),
      })),
    },
    history: restless,
  },
  {
    what: 'a publication is acknowledged before it is written',
    promise: /G1 |G3 /,
    broken: {
      carrier: carrierWith((carrier) => ({
        publish: async (...args) => {
          carrier.publish(...args).catch(() => undefined);
        },
      })),
    },
    history: restless,
  },
  {
    what: 'money is claimed without a unique key',
    promise: /G2 /,
    broken: statementWith('payments.append(', (query) => ({
      ...query,
      values: query.values!.map((value, index) => (index >= 13 ? '{}' : value)),
    })),
    history: {
      ...restless,
      faultsMax: 0,
      shopCount: 2,
      payments: [0, 1].map((shop) => ({ ...wanted, shop, submits: [{ atMs: T0, trxId: 'DHE0000001' }] })),
      money: [
        {
          trxId: 'DHE0000001',
          amountMinor: 50_000,
          balanceMinor: 150_000,
          printedMinute: 0,
          isForged: false,
          shops: [0, 1],
          uploadsAtMs: [T0 + 1_000],
        },
      ],
    },
  },
  {
    what: 'whoever writes like a wallet is believed',
    promise: /G10 /,
    broken: readBy(topics.creditsReceived.name, /sms/, (text) => text.replaceAll('+8801899999999', 'bKash')),
    history: {},
  },
];

describe('a house that is broken on purpose', () => {
  it.each(mutations)(
    `is found out within ${SEEDS_MAX} schedules: $what`,
    async ({ promise, broken, history }) => {
      for (let seed = 1; seed <= SEEDS_MAX; seed += 1) {
        const { violations } = await runSchedule({ seed, database, broken, history });
        if (violations.some((violation) => promise.test(violation.promise))) return;
      }
      throw new Error('nobody has noticed');
    },
    TIMEOUT_MS,
  );
});

describe('a house whose every message comes twice', () => {
  const twice = carrierWith((carrier) => ({
    subscribe: (options) =>
      carrier.subscribe({
        ...options,
        onBatch: async (batch) => {
          await options.onBatch(batch);
          await options.onBatch(batch);
        },
      }),
  }));

  it(
    `keeps every promise in ${REPEATED_SEEDS} schedules`,
    async () => {
      for (let seed = 1; seed <= REPEATED_SEEDS; seed += 1)
        expect((await runSchedule({ seed, database, broken: { carrier: twice } })).violations).toEqual([]);
    },
    TIMEOUT_MS,
  );
});
