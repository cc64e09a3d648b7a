import type { WebhookEndpointView } from '@paymatch/contracts';
import { eventually } from '@paymatch/platform-testing';
import { fact, snapshot } from './testing/payment-facts.js';
import { StormProcess, StormReceiver, type Heard } from './testing/storm.js';
import { plainSettings, WebhookHarness } from './testing/webhook-harness.js';

/**
 * Two dispatchers as processes, killed again and again, and five endpoints that fail one time in ten. `npm test` sends
 * a few events; `PAYMATCH_STORM_EVENTS=20000` sends as many to each endpoint, and prints how it went.
 */
const EVENTS = Number(process.env.PAYMATCH_STORM_EVENTS ?? 402);
const EVENTS_OF_PAYMENT = 3;
/** How long each dispatcher lives, and what it sends, before it is killed. */
const LIVES = [
  { ms: 1_700, requests: 300 },
  { ms: 2_300, requests: 450 },
];
const PARTS = LIVES.length;
/** A minute of the schedule is a tenth of a second. */
const SPEED = 600;
const TIME_OUT_MS = Math.max(240_000, EVENTS * 60);
const STRICT = ['first', 'second', 'third', 'fourth'];
const LATEST_WINS = 'fifth';

let service: WebhookHarness;
let receiver: StormReceiver;
let processes: StormProcess[] = [];

beforeAll(async () => {
  service = await WebhookHarness.create();
});
afterAll(() => service.close());
afterEach(async () => {
  await Promise.all(processes.map((each) => each.stop()));
  await receiver.close();
  await service.clear();
});

/** Always the same numbers, so that a run that fails can be had again. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

async function addFacts(): Promise<void> {
  await service.database.query(
    `CREATE TABLE storm_facts (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, part int NOT NULL,
      message json NOT NULL);
     CREATE TABLE storm_progress (part int PRIMARY KEY, n bigint NOT NULL)`,
  );
  for (let made = 0; made < EVENTS; made += EVENTS_OF_PAYMENT) {
    const payment = snapshot();
    const life = [
      fact('payments.payment-created', { ...payment, version: 1 }),
      fact('payments.trx-submitted', { ...payment, version: 2, status: 'awaiting_verification' }),
      fact('payments.payment-completed', { ...payment, version: 3, status: 'completed' }),
    ];
    await service.database.query(
      'INSERT INTO storm_facts (part, message) SELECT $1, message::json FROM unnest($2::text[]) WITH ORDINALITY AS m (message, n) ORDER BY n',
      [made % PARTS, life.map((message) => JSON.stringify(message))],
    );
  }
  await service.database.query('INSERT INTO storm_progress SELECT part, 0 FROM generate_series(0, $1 - 1) AS part', [
    PARTS,
  ]);
}

async function addEndpoint(name: string, order: 'strict' | 'latest_wins'): Promise<void> {
  await (service.command({
    type: 'CreateEndpoint',
    merchantId: 'm1',
    livemode: true,
    ...plainSettings,
    url: receiver.url(name),
    events: ['payment.*'],
    order,
    secretSealed: null,
  }) as Promise<WebhookEndpointView>);
}

const isOver = async (): Promise<void> => {
  const { rows } = await service.database.query<{ made: number; open: number }>(
    `SELECT (SELECT count(*) FROM webhook_dispatch.deliveries) AS made, (SELECT count(*)
      FROM webhook_dispatch.schedule) AS open`,
  );
  expect(rows[0]).toEqual({ made: EVENTS * 5, open: 0 });
};

/** Places where a line went back: an earlier event of a payment came to an endpoint after a later one. */
function stepsBack(heard: readonly Heard[]): readonly string[] {
  const reached = new Map<string, number>();
  return heard.flatMap(({ endpoint, paymentId, sequence }) => {
    const line = `${endpoint} ${paymentId}`;
    const before = reached.get(line) ?? 0;
    reached.set(line, Math.max(before, sequence));
    return sequence < before ? [`${line}: ${sequence} after ${before}`] : [];
  });
}

it(
  'every event reaches every endpoint, in order and under one id, through failures and dispatchers that are killed',
  async () => {
    const epochMs = Date.now();
    receiver = await StormReceiver.listen(seeded(20_261_121));
    for (const name of STRICT) await addEndpoint(name, 'strict');
    await addEndpoint(LATEST_WINS, 'latest_wins');
    await addFacts();
    processes = Array.from(
      { length: PARTS },
      (_unused, part) => new StormProcess([service.test.url, String(part), String(epochMs), String(SPEED)]),
    );
    const beganAt = performance.now();
    for (const [part, each] of processes.entries())
      each.start({ ...LIVES[part]!, heardCount: () => receiver.heard.length });
    await eventually(isOver, { timeoutMs: TIME_OUT_MS, everyMs: 200 });
    const kills = processes.reduce((sum, each) => sum + each.killCount, 0);
    const seconds = (performance.now() - beganAt) / 1_000;

    const accepted = new Set(
      receiver.heard.filter(({ isAccepted }) => isAccepted).map(({ endpoint, eventId }) => `${endpoint} ${eventId}`),
    );
    const { rows: states } = await service.database.query<{ name: string; status: string; count: number }>(
      `SELECT substring(e.url FROM '[a-z]+$') AS name, d.status, count(*) AS count
       FROM webhook_dispatch.deliveries d JOIN webhook_dispatch.endpoints e ON e.id = d.endpoint_id GROUP BY 1, 2`,
    );
    const { rows: unheard } = await service.database.query<{ line: string }>(
      `SELECT substring(e.url FROM '[a-z]+$') || ' ' || d.event_id AS line
       FROM webhook_dispatch.deliveries d JOIN webhook_dispatch.endpoints e ON e.id = d.endpoint_id
         WHERE d.status = 'delivered'`,
    );
    process.stdout.write(
      `${EVENTS} events to 5 endpoints in ${seconds.toFixed(0)} s, ${kills} kills: ${receiver.heard.length} ` +
        'requests, of which ' +
        `${receiver.heard.filter(({ isAccepted }) => !isAccepted).length} were refused and ` +
        `${receiver.heard.filter(({ isAccepted }) => isAccepted).length - accepted.size} came again after they ` +
        'were taken; ' +
        `${states.find(({ status }) => status === 'superseded')?.count ?? 0} superseded\n`,
    );
    expect(unheard.filter(({ line }) => !accepted.has(line))).toEqual([]);
    for (const name of STRICT)
      expect(states.filter((state) => state.name === name)).toEqual([{ name, status: 'delivered', count: EVENTS }]);
    expect(new Set(states.filter(({ name }) => name === LATEST_WINS).map(({ status }) => status))).toEqual(
      new Set(['delivered', 'superseded']),
    );
    expect([...receiver.changed]).toEqual([]);
    expect(stepsBack(receiver.heard)).toEqual([]);
    expect(kills).toBeGreaterThan(1);
  },
  TIME_OUT_MS + 60_000,
);
