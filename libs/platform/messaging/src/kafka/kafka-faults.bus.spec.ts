import { mkdtempSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createLogger, silentLogger } from '@paymatch/platform-observability';
import { eventually } from '@paymatch/platform-testing';
import type { Admin } from 'kafkajs';
import { KafkaBroker } from '@paymatch/platform-dev-servers';
import { CarrierUnavailable, RequestUnavailable } from '../errors.js';
import { encodeMessage } from '../message.codec.js';
import type { WireMessage } from '../message.js';
import { fresh, idOf, messageOf } from '../testing/carrier-harness.js';
import { KAFKA_SESSION_TIMEOUT_MS } from '../testing/kafka-session.js';
import { describeWithKafka } from '../testing/require-kafka.js';
import { KafkaCarrier, type KafkaCarrierOptions, type KafkaCarrierSettings } from './kafka-carrier.js';
import { createKafkaClient } from './kafka-client.js';
import { KafkaSender } from './kafka-sender.js';
import { ensureTopics } from './kafka-topics.js';

describeWithKafka('the Kafka carrier at its limits', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'paymatch-kafka-'));
  let broker: KafkaBroker;
  let admin: Admin;
  let topic: string;
  const carriers: KafkaCarrier[] = [];

  async function start(
    settings: Partial<KafkaCarrierSettings> = {},
    options: Partial<KafkaCarrierOptions> = {},
  ): Promise<KafkaCarrier> {
    const carrier = new KafkaCarrier({
      brokers: [broker.address],
      clientId: 'faults',
      logger: silentLogger,
      settings: { sessionTimeoutMs: KAFKA_SESSION_TIMEOUT_MS, ...settings },
      ...options,
    });
    carriers.push(carrier);
    await carrier.start();
    return carrier;
  }

  beforeAll(async () => {
    broker = await KafkaBroker.start({ dataDir, properties: { 'group.min.session.timeout.ms': '500' } });
    admin = createKafkaClient({ brokers: [broker.address], clientId: 'faults', logger: silentLogger }).admin();
    await admin.connect();
    await ensureTopics(admin, [{ name: 'replies', partitions: 3, retentionMs: 3_600_000 }]);
  }, 120_000);
  afterAll(async () => {
    await admin.disconnect();
    await broker.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);
  beforeEach(async () => {
    topic = fresh('topic');
    await ensureTopics(admin, [{ name: topic, partitions: 3, retentionMs: null }]);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await Promise.all(carriers.splice(0).map((carrier) => carrier.stop(5_000)));
  });

  describe('topics', () => {
    it('are made once, with their partitions and retention', async () => {
      const [kept, short] = [fresh('kept'), fresh('short')];
      const settings = [
        { name: kept, partitions: 2, retentionMs: null },
        { name: short, partitions: 1, retentionMs: 3_600_000 },
      ];
      expect(await ensureTopics(admin, settings)).toEqual([kept, short]);
      expect(await ensureTopics(admin, settings)).toEqual([]);
      const { resources } = await admin.describeConfigs({
        includeSynonyms: false,
        resources: [kept, short].map((name) => ({ type: 2, name, configNames: ['retention.ms', 'max.message.bytes'] })),
      });
      expect(
        resources.map((resource) =>
          Object.fromEntries(resource.configEntries.map((entry) => [entry.configName, entry.configValue])),
        ),
      ).toEqual([
        { 'retention.ms': '-1', 'max.message.bytes': '16777216' },
        { 'retention.ms': '3600000', 'max.message.bytes': '16777216' },
      ]);
    });

    it('with fewer partitions than they are made with stop the start, which says what to do', async () => {
      await expect(ensureTopics(admin, [{ name: topic, partitions: 4, retentionMs: null }])).rejects.toThrow(
        new RegExp(`${topic} has 3, not 4.*raise the number`),
      );
    });

    it('may be given more partitions by an operator', async () => {
      await admin.createPartitions({ topicPartitions: [{ topic, count: 5 }] });
      await eventually(async () => {
        expect((await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]?.partitions).toHaveLength(5);
      });
      expect(await ensureTopics(admin, [{ name: topic, partitions: 3, retentionMs: null }])).toEqual([]);
    });

    it('of earlier versions are stamped by the broker from now on, and keep what else was set on them', async () => {
      const old = fresh('old');
      await admin.createTopics({
        waitForLeaders: true,
        topics: [{ topic: old, numPartitions: 1, configEntries: [{ name: 'retention.ms', value: '12345678' }] }],
      });
      expect(await ensureTopics(admin, [{ name: old, partitions: 1, retentionMs: null }])).toEqual([]);
      const configNames = ['retention.ms', 'message.timestamp.type'];
      await eventually(async () => {
        const { resources } = await admin.describeConfigs({
          includeSynonyms: false,
          resources: [{ type: 2, name: old, configNames }],
        });
        expect(
          Object.fromEntries(resources[0]!.configEntries.map((entry) => [entry.configName, entry.configValue])),
        ).toEqual({ 'retention.ms': '12345678', 'message.timestamp.type': 'LogAppendTime' });
      });
    });
  });

  it('lets one group consume two topics by two subscriptions, each its own', async () => {
    const other = fresh('topic');
    await ensureTopics(admin, [{ name: other, partitions: 2, retentionMs: null }]);
    const carrier = await start();
    const group = fresh('group');
    const seen: Record<string, string[]> = { [topic]: [], [other]: [] };
    for (const name of [topic, other])
      await carrier.subscribe({
        group,
        topics: [name],
        from: 'beginning',
        batchSizeMax: 10,
        onBatch: async (batch) => {
          seen[name]!.push(...batch.map(idOf));
        },
      });
    await carrier.publish(topic, [messageOf('a', 'a-1')]);
    await carrier.publish(other, [messageOf('a', 'o-1')]);
    await eventually(() => expect(seen).toEqual({ [topic]: ['a-1'], [other]: ['o-1'] }), { timeoutMs: 20_000 });
  }, 60_000);

  it('keeps its members while no consumer ever finds the topic empty', async () => {
    const [publisher, first] = [await start(), await start()];
    const group = fresh('group');
    const seen = [0, 0];
    const join = (carrier: KafkaCarrier, member: 0 | 1): Promise<unknown> =>
      carrier.subscribe({
        group,
        topics: [topic],
        from: 'beginning',
        batchSizeMax: 100,
        onBatch: async (batch) => {
          seen[member] = (seen[member] ?? 0) + batch.length;
        },
      });
    let isOver = false;
    const load = (async () => {
      while (!isOver)
        await publisher.publish(
          topic,
          Array.from({ length: 30 }, (_, n) => messageOf(`k${n}`, `m${n}`, 'x'.repeat(200))),
        );
    })();
    await join(first, 0);
    await join(await start(), 1);
    // Longer than a session without a heartbeat would last.
    await new Promise((resolve) => {
      setTimeout(resolve, KAFKA_SESSION_TIMEOUT_MS * 2);
    });
    const before = [...seen];
    await eventually(
      () => {
        expect(seen[0]).toBeGreaterThan(before[0]!);
        expect(seen[1]).toBeGreaterThan(before[1]!);
      },
      { timeoutMs: 10_000 },
    );
    isOver = true;
    await load;
  }, 60_000);

  it('lets a member whose connections are cut while it joins come back as itself: no partition waits for one who is no more', async () => {
    const first = await start({ sessionTimeoutMs: 6_000, rebalanceTimeoutMs: 120_000 });
    // Longer than this test: what is given to a member that nobody is any more would be kept from others to its end.
    const second = await start({ sessionTimeoutMs: 120_000, rebalanceTimeoutMs: 120_000 });
    const group = fresh('group');
    const seen = new Set<string>();
    let letGo: () => void = () => undefined;
    const inHand = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const subscription = { group, topics: [topic], from: 'beginning', batchSizeMax: 10 } as const;
    const take = (batch: readonly WireMessage[]): void => batch.forEach((wire) => seen.add(idOf(wire)));
    await first.subscribe({
      ...subscription,
      onBatch: async (batch) => {
        take(batch);
        await inHand;
      },
    });
    await first.publish(topic, [messageOf('a', 'a-1')]);
    await eventually(() => expect(seen.size).toBe(1), { timeoutMs: 30_000 });

    const opened = socketsOpened();
    const seenBySecond = new Set<string>();
    const joining = second.subscribe({
      ...subscription,
      onBatch: async (batch) => {
        take(batch);
        batch.forEach((wire) => seenBySecond.add(idOf(wire)));
      },
    });
    await eventually(
      async () => {
        const { groups } = await admin.describeGroups([`${group}:${topic}`]);
        expect(groups[0]?.members).toHaveLength(2);
      },
      { timeoutMs: 30_000 },
    );
    for (const socket of opened.splice(0)) socket.destroy(new Error('read ECONNRESET'));
    await eventually(() => expect(opened.length).toBeGreaterThan(0), { timeoutMs: 30_000 });
    letGo();
    await joining;
    const publishRound = async (name: string): Promise<readonly string[]> => {
      const ids = Array.from({ length: 30 }, (_, n) => `${name}-${n}`);
      await first.publish(
        topic,
        ids.map((id) => messageOf(id, id)),
      );
      return ids;
    };
    let rounds = 0;
    await eventually(
      async () => {
        await publishRound(`early-${(rounds += 1)}`);
        expect(seenBySecond.size).toBeGreaterThan(0);
      },
      { timeoutMs: 40_000, everyMs: 300 },
    );
    const ids = await publishRound('last');
    await eventually(() => expect(ids.filter((id) => !seen.has(id))).toEqual([]), { timeoutMs: 40_000 });
  }, 180_000);

  describe('commands', () => {
    it.each([-60_000, 60_000])(
      'are answered whatever the clock of the caller says: %i ms off',
      async (skewMs) => {
        const [server, client] = [await start(), await start({}, { sendsCommands: true })];
        await server.serve(topic, 'svc.commands', async (command) => command.id);
        expect(await client.request(topic, messageOf('a', 'c-1'), { timeoutMs: 20_000 })).toBe('c-1');
        const now = Date.now;
        const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + skewMs);
        const asked = client.request(topic, messageOf('a', 'c-2'), { timeoutMs: 5_000 });
        clock.mockRestore();
        expect(await asked).toBe('c-2');
      },
      60_000,
    );

    it('that came too late by the clock of the broker are left alone, and the log says so', async () => {
      const lines: string[] = [];
      const logger = createLogger({ level: 'warn', service: 'test', write: (line) => lines.push(line) });
      const server = await start({}, { logger });
      const handled: string[] = [];
      await server.serve(topic, 'svc.commands', async (command) => {
        handled.push(command.id);
      });
      const client = await start();
      // An answer tells the server what the broker's clock says.
      await client.request(topic, messageOf('a', 'c-1'), { timeoutMs: 20_000 });
      const raw = new KafkaSender(
        createKafkaClient({ brokers: [broker.address], clientId: 'raw', logger: silentLogger }),
        {
          queueMax: 10,
          timeoutMs: 10_000,
        },
      );
      await raw.connect();
      const late = encodeMessage(topic, messageOf('a', 'late'));
      await raw.send([{ ...late, headers: { ...late.headers, pm_timeout_ms: '-31000' } }]);
      await raw.stop();
      await eventually(() => expect(lines.join()).toContain('a command came too late'), { timeoutMs: 20_000 });
      expect(lines.join()).toContain('late');
      expect(handled).toEqual(['c-1']);
    }, 60_000);

    it('leave no lag behind when the topic falls silent', async () => {
      const [server, client] = [await start(), await start()];
      await server.serve(topic, 'svc.commands', async () => undefined);
      for (let n = 0; n < 20; n += 1) await client.request(topic, messageOf(`k${n}`, `c-${n}`), { timeoutMs: 20_000 });
      await eventually(
        async () => {
          const [stored] = await admin.fetchOffsets({ groupId: `svc.commands:${topic}`, topics: [topic] });
          const ends = await admin.fetchTopicOffsets(topic);
          const lag = ends.map(
            ({ partition, high }) =>
              Number(high) - Math.max(0, Number(stored!.partitions.find((one) => one.partition === partition)!.offset)),
          );
          expect(lag).toEqual(ends.map(() => 0));
        },
        { timeoutMs: 10_000 },
      );
    }, 60_000);

    it('are answered from the first on, since the answers are heard before the start is over', async () => {
      const server = await start();
      await server.serve(topic, 'svc.commands', async (command) => command.id);
      const client = await start({}, { sendsCommands: true });
      const { groups } = await admin.listGroups();
      const replies = groups.filter(({ groupId }) => groupId.startsWith('replies:'));
      const { groups: described } = await admin.describeGroups(replies.map(({ groupId }) => groupId));
      expect(described.some(({ state }) => state === 'Stable')).toBe(true);
      expect(await client.request(topic, messageOf('a', 'c-1'), { timeoutMs: 5_000 })).toBe('c-1');
    }, 60_000);
  });

  it('says so while the broker is away, refuses what it cannot promise, and is well again afterwards', async () => {
    const carrier = await start({ silenceMaxMs: 1_500 });
    const seen: string[] = [];
    await carrier.serve(topic, 'svc.commands', async (command) => command.id);
    await carrier.subscribe({
      group: fresh('group'),
      topics: [topic],
      from: 'end',
      batchSizeMax: 10,
      onBatch: async (batch) => {
        seen.push(...batch.map(idOf));
      },
    });
    expect(await carrier.request(topic, messageOf('a', 'c-1'), { timeoutMs: 20_000 })).toBe('c-1');
    await broker.kill();
    const startedAtMs = performance.now();
    await expect(carrier.request(topic, messageOf('a', 'c-2'), { timeoutMs: 500 })).rejects.toThrow(RequestUnavailable);
    expect(performance.now() - startedAtMs).toBeLessThan(1_500);
    await expect(carrier.publish(topic, [messageOf('a', 'a-1')])).rejects.toThrow(CarrierUnavailable);
    await eventually(() => expect(carrier.problems().length).toBeGreaterThan(0), { timeoutMs: 10_000 });
    // Later than the last look of any consumer counts as lately.
    await eventually(() => expect(carrier.stalls()).toEqual([]), { timeoutMs: 15_000 });
    await broker.start();
    const backAtMs = performance.now();
    await eventually(
      async () => {
        await carrier.publish(topic, [messageOf('a', 'a-2')]);
      },
      { timeoutMs: 20_000 },
    );
    await eventually(() => expect(seen).toContain('a-2'), { timeoutMs: 20_000 });
    await eventually(
      async () => expect(await carrier.request(topic, messageOf('a', 'c-3'), { timeoutMs: 2_000 })).toBe('c-3'),
      { timeoutMs: 20_000 },
    );
    await eventually(() => expect(carrier.problems()).toEqual([]), { timeoutMs: 20_000 });
    expect(performance.now() - backAtMs).toBeLessThan(10_000);
  }, 90_000);
});

/** Every connection that this process opens from now on, until mocks are restored. */
function socketsOpened(): Socket[] {
  const sockets: Socket[] = [];
  const net = jest.requireActual<{ connect: (...options: unknown[]) => Socket }>('node:net');
  const { connect } = net;
  jest.spyOn(net, 'connect').mockImplementation((...options) => {
    const socket = connect(...options);
    sockets.push(socket);
    return socket;
  });
  return sockets;
}
