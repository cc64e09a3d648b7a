import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { describeContractA } from './contract-a.scenarios.js';
import { describeContractB } from './contract-b.scenarios.js';
import { describeOnePayment } from './one-payment.scenarios.js';
import { freePort } from '@paymatch/platform-dev-servers';
import { missingForCluster, RunningCluster } from './running-cluster.js';
import { Shop } from './shop.js';
import { Traffic } from './traffic.js';
import { WebhookReceiver } from './webhook-receiver.js';

const root = path.resolve(__dirname, '../..');
const missing = missingForCluster();
if (missing !== null && process.env.REQUIRE_KAFKA === '1') throw new Error(missing);
if (missing !== null) process.stderr.write(`cluster tests are skipped: ${missing}\n`);
const describeHere = missing === null ? describe : describe.skip;

jest.setTimeout(300_000);

/** Each with what would mean something else inside a URL, a shell or an SQL text. */
const passwords = {
  POSTGRES_PASSWORD: 'postgres/#@=?%:\'"\\ &',
  PAYMENTS_DB_PASSWORD: 'payments/#@=',
  SMS_MATCHING_DB_PASSWORD: 'sms_matching@evil.example:1/?x=%41',
  WEBHOOK_DISPATCH_DB_PASSWORD: 'webhook#dispatch:;,',
  API_GATEWAY_DB_PASSWORD: "gateway' OR ''='",
};

interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly child: ReturnType<typeof spawn>;
}

function startService(app: string, env: Readonly<Record<string, string>>): Run & { readonly lines: string[] } {
  const lines: string[] = [];
  const child = spawn(process.execPath, [path.join(root, `apps/${app}/dist/main.js`)], {
    cwd: root,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => lines.push(...chunk.toString().split('\n').filter(Boolean)));
  return {
    child,
    lines,
    get code() {
      return child.exitCode;
    },
    get output() {
      return lines.join('\n');
    },
  };
}

describeHere('the cluster of docker-compose.yml, two of everything that scales', () => {
  let cluster: RunningCluster;
  let receiver: WebhookReceiver;
  let shop: Shop;

  beforeAll(async () => {
    cluster = await RunningCluster.start(
      { payments: 2, 'api-gateway': 2, 'sms-matching': 2, 'webhook-dispatch': 2 },
      { PAYMATCH_CHECKOUT_TRX_PER_ADDRESS_MAX: '100000', ...passwords },
    );
    shop = new Shop(cluster.demo);
    receiver = await WebhookReceiver.start();
  });
  afterAll(async () => {
    await receiver?.stop();
    await cluster?.stopAndForget();
  });

  describeContractA('over Kafka', () => cluster);
  describeOnePayment('over Kafka', () => cluster, 100);
  describeContractB('over Kafka', () => cluster);

  /**
   * Everything acknowledged is there, every payment whose money came is completed, and each was told once, under one
   * id.
   */
  async function settle(traffic: Traffic): Promise<void> {
    const paid = traffic.customers.filter((customer) => customer.isPaid);
    expect(paid.length).toBeGreaterThan(5);
    for (const { id } of traffic.customers) expect((await shop.call('GET', `/api/v1/payments/${id}`)).status).toBe(200);
    for (const { id } of paid) await shop.becomes(id, 'completed', 30_000);
    for (const { id } of paid) await receiver.waitFor(id, 'payment.completed', 30_000);
    for (const { id } of paid)
      expect(
        new Set(
          receiver
            .of(id)
            .filter((webhook) => webhook.event === 'payment.completed')
            .map((webhook) => webhook.headers['webhook-id']),
        ).size,
      ).toBe(1);
  }

  const started: Traffic[] = [];
  function startTraffic(lanes: number): Traffic {
    const traffic = new Traffic(shop, lanes);
    started.push(traffic);
    return traffic;
  }
  // A test that failed must not leave its customers at work.
  afterEach(async () => {
    await Promise.all(started.splice(0).map((traffic) => traffic.end()));
  });

  /** What one test broke has come back before the next one breaks something: one fault at a time. */
  async function listen(): Promise<void> {
    await cluster.becomesReady();
    await shop.hearAt(receiver.url, ['payment.completed']);
  }

  /** How long after now a payment goes all the way again. */
  async function recoveryMs(): Promise<number> {
    const startedMs = Date.now();
    for (;;) {
      const probe = startTraffic(1);
      await sleep(200);
      await probe.end();
      const paid = probe.customers.find((customer) => customer.isPaid);
      if (paid) {
        const isDone = await shop.becomes(paid.id, 'completed', 2_000).then(
          () => true,
          () => false,
        );
        if (isDone) return Date.now() - startedMs;
      }
      if (Date.now() - startedMs > 60_000) throw new Error('no payment went through within a minute');
    }
  }

  it.each([
    ['payments', 'gateway.merchants', passwords.PAYMENTS_DB_PASSWORD],
    ['sms_matching', 'payments.events', passwords.SMS_MATCHING_DB_PASSWORD],
    ['webhook_dispatch', 'sms_matching.raw_messages', passwords.WEBHOOK_DISPATCH_DB_PASSWORD],
    ['gateway', 'payments.events', passwords.API_GATEWAY_DB_PASSWORD],
  ])('gives the role %s no way to read %s', async (role, foreign, password) => {
    const { port } = cluster.state().postgres;
    const client = new Client({ host: '127.0.0.1', port, database: 'paymatch', user: role, password });
    await client.connect();
    try {
      await expect(client.query(`SELECT 1 FROM ${foreign}`)).rejects.toMatchObject({ code: '42501' });
      await client.query(`SELECT 1 FROM ${role}.parked_messages`);
    } finally {
      await client.end();
    }
  });

  it('starts a service without its broker as not ready, says what it waits for, and is ready once the broker is there', async () => {
    const broker = `127.0.0.1:${cluster.state().kafka.port}`;
    // A port that leads nowhere yet: the way to the broker is opened later.
    const way = createServer();
    way.listen(0, '127.0.0.1');
    await once(way, 'listening');
    const { port: wayPort } = way.address() as AddressInfo;
    way.close();
    await once(way, 'close');
    const port = await freePort();
    const run = startService('payments', {
      DATABASE_URL: `postgres://payments@127.0.0.1:${cluster.state().postgres.port}/paymatch`,
      PAYMATCH_DATABASE_PASSWORD: passwords.PAYMENTS_DB_PASSWORD,
      PAYMATCH_KAFKA_BROKERS: `127.0.0.1:${wayPort}`,
      PORT: String(port),
      PAYMATCH_LOG_LEVEL: 'warn',
    });
    try {
      const ready = (): Promise<number> =>
        fetch(`http://127.0.0.1:${port}/health/ready`).then(
          (answer) => answer.status,
          () => 0,
        );
      for (
        const deadlineMs = Date.now() + 30_000;
        run.lines.filter((line) => line.includes('waiting for the messaging system')).length < 2 &&
        Date.now() < deadlineMs;
      )
        await sleep(100);
      expect(
        run.lines.filter((line) => line.includes('waiting for the messaging system')).length,
      ).toBeGreaterThanOrEqual(2);
      expect(await ready()).toBe(503);
      const opened = createServer((socket) => {
        const to = connect(Number(broker.split(':')[1]), '127.0.0.1');
        socket.pipe(to).pipe(socket);
        socket.on('error', () => to.destroy());
        to.on('error', () => socket.destroy());
      });
      opened.listen(wayPort, '127.0.0.1');
      for (const deadlineMs = Date.now() + 40_000; (await ready()) !== 200 && Date.now() < deadlineMs;)
        await sleep(200);
      expect(await ready()).toBe(200);
      opened.close();
    } finally {
      run.child.kill('SIGKILL');
      await once(run.child, 'exit');
    }
  });

  it.each(['payments', 'sms-matching', 'webhook-dispatch', 'api-gateway'])(
    'loses nothing acknowledged when one of %s is killed under load, and works on',
    async (service) => {
      await listen();
      const traffic = startTraffic(4);
      await traffic.untilPaid(10, 30_000);
      process.kill(cluster.pids(service)[0]!, 'SIGKILL');
      // What was in the dead one's hands may answer late or not at all; the rest goes on, and soon everything does.
      expect(await recoveryMs()).toBeLessThan(10_000);
      await traffic.untilPaid(10, 30_000);
      await traffic.end();
      await settle(traffic);
    },
  );

  it('is told over Kafka how every process stands, and keeps it where operators look', async () => {
    const running = ['payments', 'sms-matching', 'webhook-dispatch', 'api-gateway'].flatMap((service) =>
      cluster.pids(service).map((pid) => `${service}:${pid}`),
    );
    const { port } = cluster.state().postgres;
    const options = { host: '127.0.0.1', port, database: 'paymatch', user: 'postgres' };
    const client = new Client({ ...options, password: passwords.POSTGRES_PASSWORD });
    await client.connect();
    try {
      // Each says so every ten seconds.
      for (const deadlineMs = Date.now() + 60_000; ; await sleep(200)) {
        const { rows } = await client.query<{ name: string }>(
          `SELECT (standing #>> '{services,0}') || ':' || split_part(instance, ':', -1) AS name
             FROM gateway.processes WHERE told_at > now() - interval '1 minute'`,
        );
        const silent = running.filter((name) => !rows.some((row) => row.name === name));
        if (silent.length === 0) break;
        if (Date.now() > deadlineMs) expect(silent).toEqual([]);
      }
    } finally {
      await client.end();
    }
  });

  it('starts its database again when that was killed under load, and payments go on', async () => {
    await listen();
    const traffic = startTraffic(4);
    await traffic.untilPaid(10, 30_000);
    const { pid } = cluster.state().postgres;
    process.kill(pid, 'SIGKILL');
    for (const deadlineMs = Date.now() + 60_000; cluster.state().postgres.pid === pid; await sleep(100))
      if (Date.now() > deadlineMs) throw new Error(`the database that was killed is not replaced:\n${cluster.log}`);
    await recoveryMs();
    await traffic.untilPaid(10, 60_000);
    await traffic.end();
    await settle(traffic);
  });

  it('loses no answered request and repeats no effect through a rolling restart of every service under load', async () => {
    await listen();
    const traffic = startTraffic(4);
    await traffic.untilPaid(10, 30_000);
    await cluster.rollingRestart();
    await traffic.untilPaid(10, 30_000);
    await traffic.end();
    // 503 says "nothing happened, try again"; anything else would be a broken promise.
    expect(traffic.faults).toEqual([]);
    // Rare, and never without its reason: one connection at the very moment a listener closes.
    expect(traffic.repeated).toBeLessThanOrEqual(6);
    expect([...traffic.refused.keys()].filter((status) => status !== 503)).toEqual([]);
    await settle(traffic);
  });

  it('serves shops and customers while a gateway restarts that holds open checkout pages', async () => {
    await listen();
    const pages = await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const { checkout_url } = (await shop.create({ amount: 500 })).body.data;
        return fetch(`${checkout_url}/events`);
      }),
    );
    const ended = pages.map((page) => page.text());
    const traffic = startTraffic(4);
    await traffic.untilPaid(10, 30_000);
    const [restarted] = cluster.pids('api-gateway');
    process.kill(restarted!, 'SIGTERM');
    // Some of the pages were at the one that stops: they are told to come back, and it stops without waiting for them.
    await Promise.race(ended);
    await traffic.untilPaid(10, 30_000);
    const isReplaced = (): boolean => {
      const pids = cluster.pids('api-gateway');
      return pids.length === 2 && !pids.includes(restarted!);
    };
    for (const deadlineMs = Date.now() + 60_000; !isReplaced() && Date.now() < deadlineMs;) await sleep(100);
    expect(cluster.pids('api-gateway')).not.toContain(restarted);
    await traffic.untilPaid(10, 30_000);
    await traffic.end();
    expect(cluster.log).toMatch(/proxy \| (caddy:[\d.]+, itself|a stand-in for)/);
    expect(traffic.faults).toEqual([]);
    expect(traffic.repeated).toBeLessThanOrEqual(3);
    expect([...traffic.refused.keys()].filter((status) => status !== 503)).toEqual([]);
    expect(traffic.refused.get(503) ?? 0).toBeLessThan(traffic.customers.length);
    await settle(traffic);
  });

  it('answers 503 with Retry-After or late while the broker stands still for 30 s, loses nothing, and works again within 10 s', async () => {
    await listen();
    const { pid } = cluster.state().kafka;
    const traffic = startTraffic(4);
    await traffic.untilPaid(10, 30_000);
    process.kill(pid, 'SIGSTOP');
    let refusal: Awaited<ReturnType<Shop['create']>> | undefined;
    try {
      await sleep(8_000);
      refusal = await shop.create({ amount: 500 });
      await sleep(22_000);
    } finally {
      process.kill(pid, 'SIGCONT');
    }
    const tookMs = await recoveryMs();
    await traffic.end();
    expect([201, 503]).toContain(refusal.status);
    if (refusal.status === 503) expect(Number(refusal.headers.get('retry-after'))).toBeGreaterThan(0);
    expect([...traffic.refused.keys()].filter((status) => status !== 503 && status !== 0)).toEqual([]);
    expect(tookMs).toBeLessThan(10_000);
    await settle(traffic);
  });
});

describe('a service of the cluster', () => {
  it.each(['payments', 'sms-matching', 'webhook-dispatch', 'api-gateway'])(
    '%s stops at once and names each setting that is missing',
    async (app) => {
      const run = startService(app, {});
      await once(run.child, 'exit');
      expect(run.code).toBe(1);
      expect(run.lines).toEqual(
        expect.arrayContaining([
          expect.stringContaining(`paymatch ${app}: DATABASE_URL is not set`),
          expect.stringContaining(`paymatch ${app}: PAYMATCH_KAFKA_BROKERS is not set`),
        ]),
      );
    },
  );

  it('stops at once and names a setting that is wrong or unknown', async () => {
    const run = startService('payments', {
      DATABASE_URL: 'postgres://x@127.0.0.1:1/x',
      PAYMATCH_KAFKA_BROKERS: '127.0.0.1:1',
      PAYMATCH_PAYMENTS_BATCH_SIZE_MAX: '0',
      PAYMATCH_TYPO: '1',
    });
    await once(run.child, 'exit');
    expect(run.code).toBe(1);
    expect(run.lines).toEqual(
      expect.arrayContaining([
        expect.stringContaining('PAYMATCH_PAYMENTS_BATCH_SIZE_MAX must be a whole number'),
        expect.stringContaining('PAYMATCH_TYPO is not a setting'),
      ]),
    );
  });
});
