import { LogReader, LogRelay, type LogPosition, type RelayLag } from '@paymatch/platform-log';
import type { Logger } from '@paymatch/platform-observability';
import { prepared, textArray, type Database, type Tx } from '@paymatch/platform-postgres';
import { encodeMessage } from '../message.codec.js';
import type { Message } from '../message.js';
import type { MessageBus } from '../message-bus.js';

/** Facts on their way into an outbox, as part of a statement whose parameters for them begin at that number. */
export interface OutboxInsert {
  readonly isEmpty: boolean;
  readonly sql: (parameter: number) => string;
  readonly values: readonly unknown[];
}

/** Facts written in the transaction of the effect they tell of, so that neither exists without the other. */
export class Outbox {
  private readonly table: string;

  constructor(options: { readonly schema: string }) {
    this.table = `"${options.schema}".outbox`;
  }

  /** Throws `ContractError` on a message no carrier could hold: found later, it would stop the relay. */
  async append(tx: Tx, topic: string, messages: readonly Message[]): Promise<void> {
    const { isEmpty, sql, values } = this.insertOf(topic, messages);
    if (!isEmpty) await tx.query({ ...prepared(sql(1)), values: [...values] });
  }

  /** The same for whoever writes the effect and its facts in one statement. */
  insertOf(topic: string, messages: readonly Message[]): OutboxInsert {
    for (const message of messages) encodeMessage(topic, message);
    return {
      isEmpty: messages.length === 0,
      sql: (parameter) =>
        `INSERT INTO ${this.table} (topic, message) SELECT $${parameter}::text, message::json
          FROM unnest($${parameter + 1}::text[]) WITH ORDINALITY AS m (message, n) ORDER BY n`,
      values: [topic, textArray(messages.map((message) => JSON.stringify(message)))],
    };
  }
}

interface OutboxRow {
  readonly topic: string;
  readonly message: Message;
  readonly position: LogPosition;
}

/** The envelope's time. Not `->>`, which reads the whole message and fails on a NUL anywhere in it. */
const WRITTEN_AT = `substring(message::text FROM '"time":"(\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z)"')::timestamptz`;

export interface OutboxRelayOptions {
  readonly database: Database;
  readonly bus: Pick<MessageBus, 'publish'>;
  readonly logger: Logger;
  /** 500 when absent. */
  readonly batchSize?: number;
}

/** Publishes what `Outbox` wrote, in the order of writing, and removes it. Call `nudge` after the commit. */
export class OutboxRelay {
  private readonly relay: LogRelay<OutboxRow>;
  private readonly table: string;

  constructor(private readonly options: OutboxRelayOptions) {
    const { database, logger, batchSize = 500 } = options;
    this.table = `"${database.schema}".outbox`;
    this.relay = new LogRelay<OutboxRow>({
      database,
      logger,
      batchSize,
      name: 'outbox',
      reader: new LogReader<OutboxRow>({
        table: `${database.schema}.outbox`,
        columns: ['topic', 'message'],
        writtenAt: WRITTEN_AT,
      }),
      publish: (rows) => this.publish(rows),
      onStored: (place) => this.remove(place),
    });
  }

  start(): void {
    this.relay.start();
  }

  nudge(): void {
    this.relay.nudge();
  }

  stop(): Promise<void> {
    return this.relay.stop();
  }

  get fullName(): string {
    return this.relay.fullName;
  }

  /** Facts not yet published. */
  lag(): Promise<RelayLag> {
    return this.relay.lag();
  }

  problems(): readonly string[] {
    return this.relay.problems();
  }

  private async publish(rows: readonly OutboxRow[]): Promise<void> {
    const byTopic = new Map<string, Message[]>();
    for (const { topic, message } of rows) {
      const messages = byTopic.get(topic);
      if (messages === undefined) byTopic.set(topic, [message]);
      else messages.push(message);
    }
    for (const [topic, messages] of byTopic)
      await this.options.bus.publish(topic, messages, { isRepeatedAfterCrash: true });
  }

  /**
   * Nothing can appear at or below a place that was read, so all of this is published. What a crash leaves goes with
   * the next ones.
   */
  private async remove({ xid, pos }: LogPosition): Promise<void> {
    const statement = prepared(`DELETE FROM ${this.table} WHERE (xid, pos) <= ($1::xid8, $2::bigint)`);
    await this.options.database.relaxed.query({ ...statement, values: [xid, pos] });
  }
}
