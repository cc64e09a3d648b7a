import type { Logger } from '@paymatch/platform-observability';
import { HandlerFault, Refusal, RequestUnavailable } from '../errors.js';
import type { Message } from '../message.js';
import { Deadlines } from './deadlines.js';
import { Fifo } from '../sending/fifo.js';

export interface CommandLanesOptions {
  /** Requests without an answer, over all topics; the next one is turned away. */
  readonly inFlightMax: number;
  /** Commands of one topic that are being handled at the same time. */
  readonly concurrencyMax: number;
  readonly logger: Logger;
}

type CommandHandler = (command: Message) => Promise<unknown>;

interface Request {
  readonly command: Message;
  readonly resolve: (reply: unknown) => void;
  readonly reject: (error: Error) => void;
  tick: number;
  isSettled: boolean;
}

interface Lanes {
  readonly topic: string;
  readonly handle: CommandHandler;
  running: number;
  /** At most one request of each key. */
  readonly ready: Fifo<Request>;
  /** Every key that is running or ready, with the requests that wait behind it. */
  readonly busy: Map<string, Fifo<Request> | null>;
}

/** Commands handed over in memory: those of one key in order, different keys side by side. */
export class CommandLanes {
  private readonly topics = new Map<string, Lanes>();
  private readonly deadlines: Deadlines<Request> = new Deadlines((request) =>
    this.settle(request, () => request.reject(new RequestUnavailable('no answer within the deadline'))),
  );
  private unanswered = 0;
  private running = 0;
  private isClosed = false;
  private readonly whenIdle: (() => void)[] = [];

  constructor(private readonly options: CommandLanesOptions) {}

  serve(topic: string, handle: CommandHandler): void {
    if (this.topics.has(topic)) throw new Error(`topic ${topic} has a handler already`);
    this.topics.set(topic, { topic, handle, running: 0, ready: new Fifo(), busy: new Map() });
  }

  request(topic: string, command: Message, timeoutMs: number): Promise<unknown> {
    const lanes = this.topics.get(topic);
    if (this.isClosed) return Promise.reject(new RequestUnavailable('the process is stopping'));
    if (lanes === undefined) return Promise.reject(new RequestUnavailable(`nobody handles ${topic} here`));
    if (this.unanswered >= this.options.inFlightMax)
      return Promise.reject(new RequestUnavailable(`${this.options.inFlightMax} requests wait for an answer already`));
    return new Promise((resolve, reject) => {
      const request: Request = { command, resolve, reject, tick: 0, isSettled: false };
      this.unanswered += 1;
      request.tick = this.deadlines.add(request, timeoutMs);
      this.enqueue(lanes, request);
    });
  }

  /** Requests without an answer. */
  get depth(): number {
    return this.unanswered;
  }

  /** Turns new requests away; resolves when nothing is being handled. */
  close(): Promise<void> {
    this.isClosed = true;
    return this.running === 0 && this.unanswered === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.whenIdle.push(resolve));
  }

  private enqueue(lanes: Lanes, request: Request): void {
    const key = request.command.key;
    const behind = lanes.busy.get(key);
    if (behind === undefined) {
      lanes.busy.set(key, null);
      if (lanes.running < this.options.concurrencyMax) void this.run(lanes, request);
      else lanes.ready.push(request);
    } else if (behind === null) {
      const waiting = new Fifo<Request>();
      waiting.push(request);
      lanes.busy.set(key, waiting);
    } else {
      behind.push(request);
    }
  }

  private async run(lanes: Lanes, request: Request): Promise<void> {
    lanes.running += 1;
    this.running += 1;
    if (request.isSettled) {
      // Its deadline has passed and was its answer: handling it now would only make others late. The turn keeps the
      // stack flat.
      await Promise.resolve();
    } else {
      try {
        const reply = await lanes.handle(request.command);
        this.settle(request, () => request.resolve(reply));
      } catch (error) {
        this.settle(request, () =>
          request.reject(this.answerFor(error, { topic: lanes.topic, command: request.command })),
        );
      }
    }
    lanes.running -= 1;
    this.running -= 1;
    this.finish(lanes, request.command.key);
  }

  private finish(lanes: Lanes, key: string): void {
    const next = lanes.busy.get(key)?.shift();
    if (next === undefined) lanes.busy.delete(key);
    else lanes.ready.push(next);
    while (lanes.ready.length > 0 && lanes.running < this.options.concurrencyMax)
      void this.run(lanes, lanes.ready.shift() as Request);
    this.reportIdle();
  }

  private settle(request: Request, answer: () => void): void {
    if (request.isSettled) return;
    request.isSettled = true;
    this.unanswered -= 1;
    this.deadlines.delete(request, request.tick);
    answer();
    this.reportIdle();
  }

  private reportIdle(): void {
    if (this.running > 0 || this.unanswered > 0) return;
    for (const resolve of this.whenIdle.splice(0)) resolve();
  }

  private answerFor(error: unknown, about: { readonly topic: string; readonly command: Message }): Error {
    if (error instanceof Refusal || error instanceof RequestUnavailable) return error;
    const { topic, command } = about;
    this.options.logger.error('a command handler failed', {
      topic,
      key: command.key,
      type: command.type,
      messageId: command.id,
      correlationId: command.correlationId,
      traceparent: command.traceparent,
      fault: error,
    });
    return new RequestUnavailable(`the handler of ${topic} failed`, 1, {
      cause: new HandlerFault('the handler failed', { cause: error }),
    });
  }
}
