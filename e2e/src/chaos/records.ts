import { Kafka, logLevel, type Consumer, type Producer } from 'kafkajs';
import { Client } from 'pg';

/** Records of topics, to be sent again; however topics are kept. */
export interface Records {
  /** The last of that topic once more, newest first; how many. */
  repeat(topic: string, count: number): Promise<number>;
  poison(topic: string, key: string): Promise<void>;
  stop(): Promise<void>;
}

const notARecord = Buffer.from([0xff, 0x00, 0x7b, 0x22]);
const STATEMENT_MS = 5_000;

/** Topics that are tables of the embedded carrier. */
export class RecordsOfTable implements Records {
  constructor(private readonly url: () => string) {}

  async repeat(topic: string, count: number): Promise<number> {
    const { rowCount } = await this.query(
      `INSERT INTO bus.log (topic, key, headers, value)
       SELECT topic, key, headers, value
         FROM (SELECT * FROM bus.log WHERE topic = $1 ORDER BY xid DESC, pos DESC LIMIT $2) AS last
        ORDER BY xid DESC, pos DESC`,
      [topic, count],
    );
    return rowCount ?? 0;
  }

  async poison(topic: string, key: string): Promise<void> {
    await this.query(`INSERT INTO bus.log (topic, key, headers, value) VALUES ($1, $2, '{}', $3)`, [
      topic,
      key,
      notARecord,
    ]);
  }

  async stop(): Promise<void> {}

  private async query(text: string, values: readonly unknown[]): Promise<{ readonly rowCount: number | null }> {
    const client = new Client({ connectionString: this.url(), connectionTimeoutMillis: STATEMENT_MS });
    // A session that is ended while it waits says so here, and again by the query.
    client.on('error', () => undefined);
    await client.connect();
    try {
      return await client.query(text, [...values]);
    } finally {
      await client.end();
    }
  }
}

interface Seen {
  readonly partition: number;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: Record<string, Buffer | string>;
}

const KEPT_MAX = 50;

/** Topics of a broker: follows them, so as to know what came last. */
export class RecordsOfBroker implements Records {
  private readonly last = new Map<string, Seen[]>();

  private constructor(
    private readonly consumer: Consumer,
    private readonly producer: Producer,
  ) {}

  static async start(broker: string, topics: readonly string[]): Promise<RecordsOfBroker> {
    const kafka = new Kafka({
      clientId: 'chaos',
      brokers: [broker],
      logLevel: logLevel.NOTHING,
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 30 },
    });
    const consumer = kafka.consumer({ groupId: 'chaos', sessionTimeout: 30_000 });
    const records = new RecordsOfBroker(consumer, kafka.producer());
    await Promise.all([consumer.connect(), records.producer.connect()]);
    await consumer.subscribe({ topics: [...topics] });
    await consumer.run({
      eachMessage: ({ topic, partition, message: { key, value, headers = {} } }) => {
        const kept = records.last.get(topic) ?? [];
        records.last.set(topic, kept);
        const own = Object.entries(headers).flatMap(([name, held]) =>
          held === undefined || Array.isArray(held) ? [] : [[name, held] as const],
        );
        kept.push({ partition, key, value, headers: Object.fromEntries(own) });
        if (kept.length > KEPT_MAX) kept.shift();
        return Promise.resolve();
      },
    });
    return records;
  }

  async repeat(topic: string, count: number): Promise<number> {
    const messages = (this.last.get(topic) ?? []).slice(-count).reverse();
    if (messages.length > 0) await this.producer.send({ topic, messages: messages as never, acks: -1 });
    return messages.length;
  }

  async poison(topic: string, key: string): Promise<void> {
    await this.producer.send({ topic, messages: [{ key, value: notARecord }], acks: -1 });
  }

  async stop(): Promise<void> {
    await Promise.all([this.consumer.disconnect(), this.producer.disconnect()]);
  }
}
