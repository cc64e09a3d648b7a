import {
  KafkaJSError,
  KafkaJSProtocolError,
  Partitioners,
  type Kafka,
  type Message as KafkaRecord,
  type Producer,
} from 'kafkajs';
import type { OutgoingMessage } from '../message.codec.js';
import { AppendQueue, type AppendQueueOptions } from '../sending/append-queue.js';

/** The broker judged the message itself; sending it again changes nothing. */
const REFUSED_MESSAGE = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'CORRUPT_MESSAGE',
  'UNSUPPORTED_FOR_MESSAGE_FORMAT',
]);

/** Sends messages, one request at a time, and waits until every in-sync replica has them. */
export class KafkaSender {
  private readonly producer: Producer;
  private readonly queue: AppendQueue;
  /** What the broker's clock said when this process began. */
  private brokerStartMs: number | undefined;

  constructor(kafka: Kafka, limits: Pick<AppendQueueOptions, 'queueMax' | 'timeoutMs'>) {
    this.producer = kafka.producer({
      allowAutoTopicCreation: false,
      // Named, for kafkajs changed its default once: another partitioner would move keys, and with them their order.
      createPartitioner: Partitioners.DefaultPartitioner,
    });
    this.queue = new AppendQueue({ ...limits, write: (messages) => this.write(messages), isUnreachable });
  }

  /**
   * The broker's clock, as exact as a round trip; `undefined` until something was sent to a topic that the broker
   * stamps.
   */
  brokerNowMs(): number | undefined {
    return this.brokerStartMs === undefined ? undefined : performance.now() + this.brokerStartMs;
  }

  /** Messages that wait to be sent. */
  get depth(): number {
    return this.queue.depth;
  }

  connect(): Promise<void> {
    return this.producer.connect();
  }

  send(messages: readonly OutgoingMessage[]): Promise<void> {
    return this.queue.append(messages);
  }

  async stop(): Promise<void> {
    await this.queue.idle();
    await this.producer.disconnect();
  }

  private async write(messages: readonly OutgoingMessage[]): Promise<void> {
    const byTopic = new Map<string, KafkaRecord[]>();
    for (const { topic, key, headers, value } of messages) {
      const record: KafkaRecord = {
        key,
        headers: { ...headers },
        value: Buffer.from(value.buffer, value.byteOffset, value.byteLength),
      };
      const records = byTopic.get(topic);
      if (records === undefined) byTopic.set(topic, [record]);
      else records.push(record);
    }
    const sentAtMs = performance.now();
    const written = await this.producer.sendBatch({
      acks: -1,
      topicMessages: [...byTopic].map(([topic, records]) => ({ topic, messages: records })),
    });
    const appendedAtMs = Number(written[0]?.logAppendTime ?? -1);
    if (appendedAtMs > 0) this.brokerStartMs = appendedAtMs - (sentAtMs + performance.now()) / 2;
  }
}

function isUnreachable(error: unknown): boolean {
  return error instanceof KafkaJSError && !(error instanceof KafkaJSProtocolError && REFUSED_MESSAGE.has(error.type));
}
