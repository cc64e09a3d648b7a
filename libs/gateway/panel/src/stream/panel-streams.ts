import type { OutgoingHttpHeaders } from 'node:http';
import type { Caller } from '@paymatch/gateway-access';
import { Problem } from '@paymatch/gateway-edge';
import type { ChangeNews, News } from '@paymatch/gateway-read-models';
import type { Logger } from '@paymatch/platform-observability';
import type { FastifyReply } from 'fastify';

export const PANEL_STREAMS = Symbol('PanelStreams');

const STREAMS_MAX = 1_000;
const STREAMS_PER_PERSON_MAX = 12;
const BEAT_MS = 15_000;
const LIFE_MS = 30 * 60_000;
/** Bytes a reader may leave unread before it counts as gone. */
const UNREAD_BYTES_MAX = 64 * 1_024;

export interface StreamLimits {
  readonly streamsMax: number;
  readonly streamsPerPersonMax: number;
  readonly beatMs: number;
  readonly lifeMs: number;
}

export const streamLimits: StreamLimits = {
  streamsMax: STREAMS_MAX,
  streamsPerPersonMax: STREAMS_PER_PERSON_MAX,
  beatMs: BEAT_MS,
  lifeMs: LIFE_MS,
};

interface StreamParts {
  readonly news: ChangeNews;
  readonly logger: Logger;
  /** Whether the person may still hear what they began to listen to. */
  readonly stillHolds: (caller: Caller) => Promise<boolean>;
}

/**
 * Server-sent events for open consoles: what kind of thing changed at one merchant in one mode, and its id; what it is
 * now is asked for as ever.
 */
export class PanelStreams {
  private readonly open = new Map<string, Set<() => void>>();
  private openCount = 0;
  private isStopping = false;

  constructor(
    private readonly parts: StreamParts,
    private readonly limits: StreamLimits = streamLimits,
  ) {}

  /** Takes over the reply. Throws `Problem` when too many are open. */
  async start(caller: Caller, reply: FastifyReply): Promise<void> {
    const own = this.open.get(caller.keyId) ?? new Set();
    const isFull = this.openCount >= this.limits.streamsMax || own.size >= this.limits.streamsPerPersonMax;
    if (this.isStopping || isFull)
      throw new Problem(503, 'too-many-streams', {
        detail: 'Too many streams are open; close one, or ask again by hand.',
        retryAfterSeconds: 30,
      });
    const stream = new PanelStream(reply, this.limits.beatMs);
    // Counted before anything is waited for: otherwise many could come at once.
    this.open.set(caller.keyId, own.add(stream.close));
    this.openCount += 1;
    stream.onClosed = () => {
      own.delete(stream.close);
      this.openCount -= 1;
      if (own.size === 0 && this.open.get(caller.keyId) === own) this.open.delete(caller.keyId);
    };
    try {
      stream.stopListening = await this.parts.news.listen(caller, (news) => this.pass(stream, caller, news));
    } catch (error) {
      stream.close();
      throw error;
    }
    stream.begin(() => void this.check(stream, caller), this.limits.lifeMs);
  }

  /** Ends all and takes no more. The server's stop would wait for them until they end of themselves. */
  stop(): void {
    this.isStopping = true;
    for (const closers of [...this.open.values()]) for (const close of [...closers]) close();
  }

  private pass(stream: PanelStream, caller: Caller, news: News): void {
    stream.write(news === null ? 'event: resync\ndata: {}\n\n' : `data: ${JSON.stringify(news)}\n\n`);
    // Somebody's role may be what changed.
    if (news === null || news.kind === 'people') void this.check(stream, caller);
  }

  private async check(stream: PanelStream, caller: Caller): Promise<void> {
    try {
      if (!(await this.parts.stillHolds(caller))) stream.close();
    } catch (error) {
      this.parts.logger.warn('a stream ends because nobody can say whether it may go on', { error });
      stream.close();
    }
  }
}

/** One reader. */
class PanelStream {
  stopListening: () => void = () => undefined;
  onClosed: () => void = () => undefined;
  private hasBegun = false;
  private isClosed = false;
  private readonly timers: NodeJS.Timeout[] = [];

  constructor(
    private readonly reply: FastifyReply,
    private readonly beatMs: number,
  ) {
    reply.raw.once('close', this.close);
  }

  begin(onBeat: () => void, lifeMs: number): void {
    if (this.isClosed) return this.stopListening();
    this.hasBegun = true;
    this.reply.hijack();
    // The edge's own headers (the request's id) would be lost with the reply taken over.
    this.reply.raw.writeHead(200, {
      ...this.reply.getHeaders(),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // A connection that outlived its stream would be waited for when the process stops.
      connection: 'close',
      'x-accel-buffering': 'no',
    } as OutgoingHttpHeaders);
    this.write('retry: 3000\nevent: ready\ndata: {}\n\n');
    const beat = setInterval(() => {
      this.write(': still here\n\n');
      onBeat();
    }, this.beatMs);
    this.timers.push(beat, setTimeout(this.close, lifeMs));
  }

  write(text: string): void {
    const { raw } = this.reply;
    if (this.isClosed || !this.hasBegun) return;
    raw.write(text);
    if (raw.writableLength > UNREAD_BYTES_MAX) raw.destroy();
  }

  readonly close = (): void => {
    if (this.isClosed) return;
    this.isClosed = true;
    this.timers.forEach((timer) => clearInterval(timer));
    this.stopListening();
    this.onClosed();
    const { raw } = this.reply;
    if (!this.hasBegun) return;
    // A reader that has left earlier lines unread would not take this one either, and hold the connection open.
    if (raw.writableLength > 0) raw.destroy();
    else if (raw.writable) raw.end('event: end\ndata: {}\n\n');
  };
}
