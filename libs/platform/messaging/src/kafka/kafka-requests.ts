import { randomUUID } from 'node:crypto';
import type { Logger } from '@paymatch/platform-observability';
import { RequestUnavailable } from '../errors.js';
import { describeFault } from '../fault.js';
import { encodeMessage } from '../message.codec.js';
import type { Message, WireMessage } from '../message.js';
import { Deadlines } from '../requests/deadlines.js';
import type { KafkaSender } from './kafka-sender.js';
import { decodeOutcome } from './reply.codec.js';

/** Headers of a command that wants an answer, and of the answer. */
export const REPLY_TO = 'pm_reply_to';
export const REQUEST_ID = 'pm_request_id';
/** Milliseconds from the moment the broker took the command until nobody waits for the answer. */
export const TIMEOUT = 'pm_timeout_ms';

export interface KafkaRequestsOptions {
  readonly sender: KafkaSender;
  readonly logger: Logger;
  readonly inFlightMax: number;
  /** Resolves when this instance reads the replies topic. */
  readonly whenListening: () => Promise<unknown>;
}

interface Pending {
  readonly requestId: string;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: Error) => void;
  tick: number;
}

/** The asking side: commands out, replies of this instance in, each with its deadline. */
export class KafkaRequests {
  readonly instanceId = randomUUID();
  private readonly pending = new Map<string, Pending>();
  private readonly deadlines: Deadlines<Pending> = new Deadlines((entry) =>
    this.fail(entry, new RequestUnavailable('no answer within the deadline')),
  );
  private isClosed = false;

  constructor(private readonly options: KafkaRequestsOptions) {}

  /** Requests without an answer. */
  get depth(): number {
    return this.pending.size;
  }

  request(topic: string, command: Message, timeoutMs: number): Promise<unknown> {
    if (this.isClosed) return Promise.reject(new RequestUnavailable('the process is stopping'));
    if (this.pending.size >= this.options.inFlightMax)
      return Promise.reject(new RequestUnavailable(`${this.options.inFlightMax} requests wait for an answer already`));
    const outgoing = encodeMessage(topic, command);
    return new Promise((resolve, reject) => {
      const entry: Pending = { requestId: randomUUID(), resolve, reject, tick: 0 };
      this.pending.set(entry.requestId, entry);
      entry.tick = this.deadlines.add(entry, timeoutMs);
      const headers = {
        ...outgoing.headers,
        [REPLY_TO]: this.instanceId,
        [REQUEST_ID]: entry.requestId,
        [TIMEOUT]: String(timeoutMs),
      };
      this.options
        .whenListening()
        .then(() => this.options.sender.send([{ ...outgoing, headers }]))
        .catch((error: unknown) =>
          this.fail(entry, new RequestUnavailable('the command could not be sent', 1, { cause: error })),
        );
    });
  }

  /** Takes from the replies topic what is addressed to this instance. */
  takeReplies(batch: readonly WireMessage[]): void {
    for (const wire of batch) {
      if (wire.headers[REPLY_TO] !== this.instanceId) continue;
      const entry = this.pending.get(wire.headers[REQUEST_ID] ?? '');
      // Late, or a repetition: its caller has been answered.
      if (entry === undefined) continue;
      try {
        const outcome = decodeOutcome(wire.value);
        if ('error' in outcome) this.fail(entry, outcome.error);
        else if (this.remove(entry)) entry.resolve(outcome.reply);
      } catch (error) {
        this.options.logger.error('a reply cannot be read', { position: wire.position, fault: describeFault(error) });
        this.fail(entry, new RequestUnavailable('the reply cannot be read', 1, { cause: error }));
      }
    }
  }

  /** Turns new requests away; those that wait end at their deadlines at the latest. */
  close(): void {
    this.isClosed = true;
  }

  /** For the end of the process: nobody can answer any more. */
  abandon(): void {
    for (const entry of [...this.pending.values()]) this.fail(entry, new RequestUnavailable('the process is stopping'));
  }

  private fail(entry: Pending, error: Error): void {
    if (this.remove(entry)) entry.reject(error);
  }

  private remove(entry: Pending): boolean {
    this.deadlines.delete(entry, entry.tick);
    return this.pending.delete(entry.requestId);
  }
}
