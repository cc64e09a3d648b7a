import { UsageError } from './listen-options.js';

/** An event as the feed has it, with the very text that its webhook carries; `null` once it is too old to be kept. */
export interface FeedEvent {
  readonly id: string;
  readonly event: string;
  readonly paymentId: string | null;
  readonly body: string | null;
}

export interface FeedPage {
  readonly events: readonly FeedEvent[];
  readonly hasMore: boolean;
}

/** The gateway does not answer at this moment; it is asked again. */
export class FeedUnavailable extends Error {
  override readonly name = 'FeedUnavailable';

  constructor(
    message: string,
    readonly retryAfterMs: number,
  ) {
    super(message);
  }
}

const ANSWER_WITHIN_MS = 10_000;
const RETRY_MS = 2_000;
const RETRY_MAX_MS = 60_000;
const PAGE_SIZE = 100;

interface RawEvent {
  readonly id: string;
  readonly event: string;
  readonly data: { readonly id?: string } | null;
}

/** `GET /api/v1/events`. What cannot mend by waiting is a `UsageError`. */
export class EventFeed {
  constructor(private readonly options: { readonly gateway: string; readonly key: string }) {}

  async page(after: string | null, signal: AbortSignal): Promise<FeedPage> {
    const query = after === null ? '' : `&after=${encodeURIComponent(after)}`;
    const text = await this.get(`/api/v1/events?limit=${PAGE_SIZE}${query}`, signal);
    const { data, meta } = JSON.parse(text) as {
      readonly data: readonly RawEvent[];
      readonly meta: { readonly has_more: boolean };
    };
    // Written by the same hand; where it is not, each is fetched as it is, since a signature is over bytes.
    const isExact = JSON.stringify({ data, meta }) === text;
    const events: FeedEvent[] = [];
    for (const raw of data) {
      const body = isExact ? JSON.stringify(raw) : (await this.get(`/api/v1/events/${raw.id}`, signal)).slice(8, -1);
      events.push({
        id: raw.id,
        event: raw.event,
        paymentId: raw.data?.id ?? null,
        body: raw.data === null ? null : body,
      });
    }
    return { events, hasMore: meta.has_more };
  }

  private async get(route: string, signal: AbortSignal): Promise<string> {
    const { gateway, key } = this.options;
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(`${gateway}${route}`, {
        headers: { authorization: `Bearer ${key}`, accept: 'application/json' },
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_WITHIN_MS)]),
      });
      text = await answer.text();
    } catch (error) {
      signal.throwIfAborted();
      throw new FeedUnavailable(`${gateway} cannot be reached (${causeOf(error)})`, RETRY_MS);
    }
    if (answer.ok) return text;
    if (answer.status === 401)
      throw new UsageError(`${gateway} does not know this key; is it one of this gateway, and not revoked?`);
    if (answer.status === 403) throw new UsageError('The key may not read events; it needs the ability payments:read.');
    if (answer.status === 404)
      throw new UsageError(`${gateway} has no event feed; is that the address of a Paymatch gateway?`);
    if (answer.status === 400 || answer.status === 422)
      throw new UsageError(
        `${gateway} does not know the event at which this stopped; was its database made anew? Remove the state ` +
          `file to begin anew. (${text.slice(0, 200)})`,
      );
    throw new FeedUnavailable(`${gateway} answered ${answer.status}`, waitOf(answer));
  }
}

function waitOf(answer: Response): number {
  const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds * 1_000, RETRY_MAX_MS) : RETRY_MS;
}

/** `fetch failed` says nothing; its cause does. */
export function causeOf(error: unknown): string {
  const { message, name, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return 'no answer in time';
  return cause?.code ?? cause?.message ?? message;
}
