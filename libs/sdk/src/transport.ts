import { randomUUID } from 'node:crypto';
import { apiError, ConnectionError, PaymatchError, TimeoutError, type ApiError } from './errors.js';

export interface PaymatchOptions {
  /** `fk_live_…` or `fk_test_…`. */
  readonly apiKey: string;
  /** The gateway's address, e.g. `https://pay.example.com`. */
  readonly baseUrl: string;
  /** How long one try may take; 15,000 unless set. */
  readonly timeoutMs?: number;
  /** How often a call is tried again; 3 unless set. */
  readonly retriesMax?: number;
  /** For tests and proxies; the global one unless set. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface CallOptions {
  /**
   * The same key with the same body is done once. A POST without one gets one of its own, so that its tries count as
   * one.
   */
  readonly idempotencyKey?: string;
  /** Ends the call and all its tries. */
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
}

export interface Call extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PATCH';
  readonly path: string;
  readonly query?: object;
  readonly body?: unknown;
}

const TIMEOUT_MS = 15_000;
const RETRIES_MAX = 3;
const PAUSE_MS = 500;
const PAUSE_MAX_MS = 8_000;
/** Whoever is to wait longer than this is told, and decides. */
const RETRY_AFTER_MAX_SECONDS = 60;

/** One call over HTTP: its tries, their pauses and what came of them. */
export class Transport {
  private readonly base: string;
  private readonly timeoutMs: number;
  private readonly retriesMax: number;

  constructor(private readonly options: PaymatchOptions) {
    if (!/^fk_(?:live|test)_/.test(options.apiKey))
      throw new PaymatchError('The apiKey begins with fk_live_ or fk_test_.');
    if (!URL.canParse(options.baseUrl))
      throw new PaymatchError('The baseUrl is a full address, e.g. https://pay.example.com.');
    this.base = options.baseUrl.replace(/\/+$/, '');
    this.timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.retriesMax = options.retriesMax ?? RETRIES_MAX;
  }

  async send<Body>(call: Call): Promise<Body> {
    const request = this.request(call);
    for (let attempt = 0; ; attempt += 1) {
      const outcome = await this.attempt(request, call);
      if (!(outcome instanceof PaymatchError)) return outcome as Body;
      const pauseMs = attempt < this.retriesMax ? pauseBefore(outcome, attempt) : null;
      if (pauseMs === null) throw outcome;
      await sleep(pauseMs, call.signal);
    }
  }

  private request({ method, path, query = {}, body, idempotencyKey }: Call): {
    readonly url: string;
    readonly init: RequestInit;
  } {
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(
      given.map(([name, value]): [string, string] => [name, String(value)]),
    ).toString();
    const headers: Record<string, string> = {
      authorization: `Bearer ${this.options.apiKey}`,
      accept: 'application/json',
      'user-agent': 'paymatch-node/0.1.0',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(method === 'POST' && { 'idempotency-key': idempotencyKey ?? randomUUID() }),
    };
    return {
      url: `${this.base}/api/v1${path}${search === '' ? '' : `?${search}`}`,
      init: { method, headers, redirect: 'error', ...(body !== undefined && { body: JSON.stringify(body) }) },
    };
  }

  /** The answer's body, or what went wrong and may be tried again. Throws what the caller's signal says. */
  private async attempt({ url, init }: ReturnType<Transport['request']>, call: Call): Promise<unknown> {
    const timeout = AbortSignal.timeout(call.timeoutMs ?? this.timeoutMs);
    const signal = call.signal === undefined ? timeout : AbortSignal.any([call.signal, timeout]);
    try {
      const response = await (this.options.fetch ?? globalThis.fetch)(url, { ...init, signal });
      const text = await response.text();
      return response.ok ? read(text) : refusal(response, text);
    } catch (error) {
      call.signal?.throwIfAborted();
      if (timeout.aborted) return new TimeoutError(`No answer from ${this.base} in time.`, { cause: error });
      return new ConnectionError(`No answer from ${this.base}.`, { cause: error });
    }
  }
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return new ConnectionError('The answer is not JSON: something stands between this client and the gateway.', {
      cause: error,
    });
  }
}

function refusal(response: Response, text: string): ApiError {
  const body = fieldsOf(read(text));
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN);
  return apiError({
    status: response.status,
    code: typeof body['code'] === 'string' ? body['code'] : 'unknown',
    message: typeof body['message'] === 'string' ? body['message'] : `The gateway answered ${response.status}.`,
    errors: (body['errors'] ?? {}) as Readonly<Record<string, readonly string[]>>,
    paymentId: (fieldsOf(body['error'])['payment_id'] as string | undefined) ?? null,
    requestId: response.headers.get('x-request-id'),
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : null,
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

/**
 * Milliseconds until the next try, or `null` where another one would come to the same. Jitter, so that a thousand
 * clients do not come back at once.
 */
function pauseBefore(error: PaymatchError, attempt: number): number | null {
  const { status = 0, code = '', retryAfterSeconds = null } = error as Partial<ApiError>;
  const mayHelp =
    error instanceof ConnectionError ||
    status === 429 ||
    status >= 500 ||
    (status === 409 && code === 'idempotency_conflict');
  if (!mayHelp) return null;
  const ownMs = Math.min(PAUSE_MAX_MS, PAUSE_MS * 2 ** attempt) * (0.5 + Math.random() / 2);
  if (retryAfterSeconds === null) return ownMs;
  return retryAfterSeconds > RETRY_AFTER_MAX_SECONDS ? null : Math.max(retryAfterSeconds * 1_000, ownMs);
}

function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
  });
}
