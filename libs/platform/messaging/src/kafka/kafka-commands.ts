import type { Logger } from '@paymatch/platform-observability';
import { HandlerFault, RequestUnavailable } from '../errors.js';
import { describeFault } from '../fault.js';
import { decodeMessage } from '../message.codec.js';
import type { Message, WireMessage } from '../message.js';
import { CommandLanes } from '../requests/command-lanes.js';
import { REPLY_TO, REQUEST_ID, TIMEOUT } from './kafka-requests.js';
import type { KafkaSender } from './kafka-sender.js';
import { encodeOutcome } from './reply.codec.js';

export interface KafkaCommandsOptions {
  readonly topic: string;
  readonly repliesTopic: string;
  readonly handle: (command: Message) => Promise<unknown>;
  readonly sender: KafkaSender;
  readonly logger: Logger;
  readonly concurrencyMax: number;
  readonly dataVersionMax: number;
}

/** How long one command may take before its reply says so; the consumer goes on without it. */
const HANDLER_TIMEOUT_MS = 60_000;
/** Commands taken and not yet answered; beyond it the topic waits. */
const UNANSWERED_MAX = 2_048;
/** A command is only left alone when it is clearly too late: its caller has long been told that nothing came of it. */
const STALE_AFTER_MS = 30_000;

/** The answering side of one command topic. */
export class KafkaCommands {
  private readonly lanes: CommandLanes;
  private readonly unanswered = new Set<Promise<void>>();

  constructor(private readonly options: KafkaCommandsOptions) {
    this.lanes = new CommandLanes({
      inFlightMax: Number.POSITIVE_INFINITY,
      concurrencyMax: options.concurrencyMax,
      logger: options.logger,
    });
    this.lanes.serve(options.topic, options.handle);
  }

  /**
   * Resolves when the commands are in their lanes, so that one slow command holds up its own key and nobody else's: a
   * request promises an answer or an error, not that the command survives this process. Waits while too many are
   * unanswered.
   */
  async take(batch: readonly WireMessage[]): Promise<void> {
    for (const wire of batch) {
      while (this.unanswered.size >= UNANSWERED_MAX) await Promise.race(this.unanswered);
      const answered: Promise<void> = this.answer(wire)
        .catch((error: unknown) => {
          // The caller's deadline tells it; there is nobody else to tell.
          this.options.logger.warn('a reply could not be sent', {
            topic: wire.topic,
            position: wire.position,
            fault: describeFault(error),
          });
        })
        .finally(() => this.unanswered.delete(answered));
      this.unanswered.add(answered);
    }
  }

  /** Resolves when every command taken so far has had its effect and its reply is sent. */
  async idle(): Promise<void> {
    await Promise.all(this.unanswered);
  }

  private async answer(wire: WireMessage): Promise<void> {
    const overdueMs = this.overdueMs(wire);
    if (overdueMs > STALE_AFTER_MS) {
      const { topic, position, key } = wire;
      const messageId = wire.headers['ce_id'];
      this.options.logger.warn('a command came too late and is left alone', {
        topic,
        position,
        key,
        messageId,
        overdueMs,
      });
      return;
    }
    const value = await encodeOutcome(this.handle(wire));
    const replyTo = wire.headers[REPLY_TO];
    const requestId = wire.headers[REQUEST_ID];
    if (replyTo === undefined || requestId === undefined) return;
    await this.options.sender.send([
      {
        topic: this.options.repliesTopic,
        key: replyTo,
        headers: { [REPLY_TO]: replyTo, [REQUEST_ID]: requestId },
        value,
      },
    ]);
  }

  /**
   * How long ago the caller stopped to wait, by the broker's clock alone: it stamped the command when it took it, and
   * it stamps our answers. Never the caller's clock or ours, which may differ by minutes.
   */
  private overdueMs({ appendedAtMs, headers }: WireMessage): number {
    const nowMs = this.options.sender.brokerNowMs();
    const timeoutMs = Number(headers[TIMEOUT] ?? Number.POSITIVE_INFINITY);
    return nowMs === undefined || appendedAtMs === undefined ? 0 : nowMs - appendedAtMs - timeoutMs;
  }

  private handle(wire: WireMessage): Promise<unknown> {
    try {
      const command = decodeMessage(wire, this.options.dataVersionMax);
      return this.lanes.request(this.options.topic, command, HANDLER_TIMEOUT_MS);
    } catch (error) {
      this.options.logger.error('a command cannot be read', {
        topic: wire.topic,
        position: wire.position,
        key: wire.key,
        fault: describeFault(error),
      });
      return Promise.reject(
        new RequestUnavailable('the command cannot be read', 1, {
          cause: new HandlerFault('the command cannot be read', { cause: error }),
        }),
      );
    }
  }
}
