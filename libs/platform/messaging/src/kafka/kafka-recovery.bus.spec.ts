import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLogger } from '@paymatch/platform-observability';
import { eventually } from '@paymatch/platform-testing';
import { KafkaBroker } from '@paymatch/platform-dev-servers';
import { fresh, idOf, messageOf } from '../testing/carrier-harness.js';
import { describeWithKafka } from '../testing/require-kafka.js';
import { KafkaCarrier } from './kafka-carrier.js';
import { createKafkaClient } from './kafka-client.js';
import { ensureTopics } from './kafka-topics.js';

const BACKLOG_COUNT = 3_000;
const CHUNK_COUNT = 100;
const RECOVERY_MAX_MS = 10_000;

describeWithKafka('the Kafka carrier as it is shipped, when its only broker comes back', () => {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'paymatch-kafka-'));
  const topics = [fresh('topic'), fresh('topic'), fresh('topic')] as const;
  const [events, others, commands] = topics;
  const carriers: KafkaCarrier[] = [];
  const seen = new Set<string>();
  let broker: KafkaBroker;

  /**
   * An instance of a service: it consumes two topics, answers commands and asks others. No setting differs from what
   * runs in production.
   */
  async function startInstance(): Promise<KafkaCarrier> {
    const carrier = new KafkaCarrier({
      brokers: [broker.address],
      clientId: 'recovery',
      logger: silentLogger,
      sendsCommands: true,
    });
    carriers.push(carrier);
    // A broker that is new makes its topic of places when it is first asked for one.
    await eventually(() => carrier.start(), { timeoutMs: 60_000 });
    for (const topic of [events, others])
      await carrier.subscribe({
        group: 'svc.facts',
        topics: [topic],
        from: 'beginning',
        batchSizeMax: 200,
        onBatch: async (batch) => {
          for (const wire of batch) seen.add(idOf(wire));
        },
      });
    await carrier.serve(commands, 'svc.commands', async (command) => command.id);
    return carrier;
  }

  beforeAll(async () => {
    broker = await KafkaBroker.start({ dataDir });
    const admin = createKafkaClient({
      brokers: [broker.address],
      clientId: 'recovery',
      logger: silentLogger,
    }).admin();
    await admin.connect();
    await ensureTopics(admin, [
      ...topics.map((name) => ({ name, partitions: 12, retentionMs: null })),
      { name: 'replies', partitions: 6, retentionMs: 3_600_000 },
    ]);
    await admin.disconnect();
    await startInstance();
    await startInstance();
  }, 120_000);
  afterAll(async () => {
    await Promise.all(carriers.map((carrier) => carrier.stop(5_000)));
    await broker.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }, 60_000);

  async function publish(topic: string, ids: readonly string[]): Promise<void> {
    for (let start = 0; start < ids.length; start += CHUNK_COUNT)
      await eventually(
        () =>
          carriers[0]!.publish(
            topic,
            ids.slice(start, start + CHUNK_COUNT).map((id) => messageOf(id, id, 'x'.repeat(500))),
          ),
        { timeoutMs: 60_000 },
      );
  }

  it.each([
    ['killed', 1_000],
    ['killed', 20_000],
    ['stopped', 20_000],
  ] as const)(
    'after it was %s for %i ms works off what was held back for it, and answers, within 10 s',
    async (way, awayMs) => {
      const ids = Array.from({ length: BACKLOG_COUNT }, () => fresh('m'));
      const warmUp = [fresh('m'), fresh('m')];
      await publish(events, [warmUp[0]!]);
      await publish(others, [warmUp[1]!]);
      await eventually(() => expect(warmUp.every((id) => seen.has(id))).toBe(true), { timeoutMs: 30_000 });
      await (way === 'killed' ? broker.kill() : broker.stop());
      await sleep(awayMs);
      await broker.start();
      const backAtMs = performance.now();
      const took: Record<string, number> = {};
      const note = (what: string): void => {
        took[what] = Math.round(performance.now() - backAtMs);
      };
      await Promise.all([
        publish(events, ids.slice(0, BACKLOG_COUNT / 2)).then(() => note('published')),
        publish(others, ids.slice(BACKLOG_COUNT / 2)),
        eventually(() => expect(ids.every((id) => seen.has(id))).toBe(true), { timeoutMs: 60_000 }).then(() =>
          note('worked off'),
        ),
        eventually(() => carriers[1]!.request(commands, messageOf('c', fresh('c')), { timeoutMs: 1_000 }), {
          timeoutMs: 60_000,
        }).then(() => note('answered')),
      ]);
      process.stderr.write(`broker ${way} for ${awayMs} ms: ms after its return ${JSON.stringify(took)}\n`);
      expect(Math.max(...Object.values(took))).toBeLessThan(RECOVERY_MAX_MS);
    },
    180_000,
  );
});
