import { setTimeout as sleep } from 'node:timers/promises';
import { fastaarHeaders } from '@paymatch/webhook-dispatch-domain';
import { causeOf, FeedUnavailable, type EventFeed, type FeedEvent, type FeedPage } from './event-feed.js';
import type { ListenOptions } from './listen-options.js';
import type { ListenState } from './listen-state.js';

const POLL_MS = 1_000;
const ANSWER_WITHIN_MS = 10_000;
/** An answer other than 2xx: so many attempts in all, then on to the next. */
const ATTEMPTS_MAX = 3;
const RETRY_MS = 1_000;
/** Nobody there: waits, longer each time, for whoever is restarting their server. */
const ABSENT_WAIT_MAX_MS = 15_000;

export interface ListenerParts {
  readonly options: ListenOptions;
  readonly state: ListenState;
  readonly feed: EventFeed;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

type Outcome = { readonly status: number } | { readonly error: string };

/** Follows the feed and sends each event on, in order; remembers how far it came after each. */
export class Listener {
  private sentCount = 0;
  private reportedProblem = '';

  constructor(private readonly parts: ListenerParts) {}

  /** Ends when the signal says so; gives how many events were sent. */
  async run(): Promise<number> {
    const { signal } = this.parts;
    try {
      let after = await this.start();
      while (!signal.aborted) {
        const { events, hasMore } = await this.page(after);
        for (const event of events) {
          await this.deliver(event);
          after = event.id;
          this.parts.state.saveAfter(after);
        }
        if (!hasMore) await sleep(POLL_MS, undefined, { signal });
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
    return this.sentCount;
  }

  /** Where it stopped; the first time behind the newest event there is, unless all are asked for. */
  private async start(): Promise<string | null> {
    const { state, options, say } = this.parts;
    const known = state.after;
    if (known !== undefined) {
      say(known === null ? 'Going on from the beginning.' : `Going on after event ${known}.`);
      return known;
    }
    let after: string | null = null;
    let skippedCount = 0;
    for (let hasMore = !options.fromStart; hasMore;) {
      const page = await this.page(after);
      after = page.events.at(-1)?.id ?? after;
      skippedCount += page.events.length;
      hasMore = page.hasMore;
    }
    state.saveAfter(after);
    if (skippedCount > 0)
      say(`${skippedCount} earlier events are left out; --all, before the first run, sends them too.`);
    return after;
  }

  private async page(after: string | null): Promise<FeedPage> {
    const { feed, signal, say } = this.parts;
    for (;;) {
      try {
        const page = await feed.page(after, signal);
        if (this.reportedProblem !== '') say('The gateway answers again.');
        this.reportedProblem = '';
        return page;
      } catch (error) {
        if (!(error instanceof FeedUnavailable)) throw error;
        if (this.reportedProblem !== error.message) say(`${error.message}; trying again.`);
        this.reportedProblem = error.message;
        await sleep(error.retryAfterMs, undefined, { signal });
      }
    }
  }

  private async deliver(event: FeedEvent): Promise<void> {
    const { say, signal } = this.parts;
    if (event.body === null) return say(line(event, 'too old: its body is no longer kept'));
    for (let attempt = 1, absentMs = RETRY_MS; ;) {
      const startedAt = performance.now();
      const outcome = await this.send(event, event.body);
      const tookMs = Math.round(performance.now() - startedAt);
      if ('error' in outcome) {
        say(line(event, `${outcome.error}; waiting for the server`));
        await sleep(absentMs, undefined, { signal });
        absentMs = Math.min(absentMs * 2, ABSENT_WAIT_MAX_MS);
        continue;
      }
      const isTaken = outcome.status >= 200 && outcome.status <= 299;
      const isLast = isTaken || attempt === ATTEMPTS_MAX;
      say(line(event, `${outcome.status} in ${tookMs} ms${isTaken ? '' : isLast ? '; left' : '; again'}`));
      if (isLast) break;
      attempt += 1;
      await sleep(RETRY_MS, undefined, { signal });
    }
    this.sentCount += 1;
  }

  private async send({ id, event }: FeedEvent, body: string): Promise<Outcome> {
    const { options, state, signal } = this.parts;
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Paymatch-Webhooks/1',
      ...fastaarHeaders({ event, eventId: id, body, secrets: [state.secret()], nowMs: Date.now() }),
    };
    try {
      const answer = await fetch(options.to, {
        method: 'POST',
        headers,
        body,
        redirect: 'manual',
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      await answer.body?.cancel();
      return { status: answer.status };
    } catch (error) {
      signal.throwIfAborted();
      return { error: causeOf(error) };
    }
  }
}

function line({ id, event, paymentId }: FeedEvent, what: string): string {
  return `${new Date().toISOString()}  ${event.padEnd(29)} ${id}  ${paymentId ?? ''}  → ${what}`;
}
