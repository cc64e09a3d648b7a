import {
  answerBytesMax,
  attemptTimeoutMs,
  refuseUrl,
  type AttemptError,
  type AttemptResult,
  type TargetPolicy,
} from '@paymatch/webhook-dispatch-domain';
import { Agent, request as undiciRequest, type Dispatcher } from 'undici';
import { answerKeptBytes } from '../deliveries/attempt-details.js';
import { guardedConnector, resolveByDns, resolveBySystem, type ResolveHost } from './guarded-connector.js';
import type { WebhookRequest, WebhookSender } from './webhook.sender.js';

export interface UndiciSenderOptions extends TargetPolicy {
  /** The whole attempt: name look-up, connecting, sending, answer. 10 s when absent. */
  readonly timeoutMs?: number;
  readonly resolveHost?: ResolveHost;
}

const HEADER_BYTES_MAX = 16_384;
/**
 * Shorter than common servers' own idle limits, so that a webhook seldom meets a connection that is just being closed.
 */
const KEEP_ALIVE_MS = 4_000;

/** Sends over HTTP/1.1; follows no redirect, reads at most 64 kB of an answer and trusts no name twice. */
export class UndiciSender implements WebhookSender {
  private readonly agent: Agent;
  private readonly timeoutMs: number;

  constructor(private readonly options: UndiciSenderOptions) {
    this.timeoutMs = options.timeoutMs ?? attemptTimeoutMs;
    const resolveHost =
      options.resolveHost ??
      (options.allowPrivateTargets ? resolveBySystem : resolveByDns(Math.ceil(this.timeoutMs / 3)));
    this.agent = new Agent({
      connect: guardedConnector({
        allowPrivateTargets: options.allowPrivateTargets,
        connectTimeoutMs: this.timeoutMs,
        resolveHost,
      }),
      headersTimeout: this.timeoutMs,
      bodyTimeout: this.timeoutMs,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: HEADER_BYTES_MAX,
      pipelining: 1,
    });
  }

  async send(request: WebhookRequest): Promise<AttemptResult> {
    if (refuseUrl(request.url, { allowHttp: this.options.allowHttp, allowPrivateTargets: true }) !== null)
      return { kind: 'failed', error: 'url_not_allowed' };
    const signal = AbortSignal.timeout(this.timeoutMs);
    let answer: Dispatcher.ResponseData;
    try {
      answer = await undiciRequest(request.url, {
        method: 'POST',
        headers: request.headers,
        body: request.body,
        signal,
        dispatcher: this.agent,
      });
    } catch (error) {
      return { kind: 'failed', error: attemptErrorOf(error) };
    }
    request.onAnswer?.(await readOff(answer.body));
    const retryAfter = answer.headers['retry-after'];
    return {
      kind: 'answered',
      httpStatus: answer.statusCode,
      retryAfter: typeof retryAfter === 'string' ? retryAfter : null,
    };
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

/**
 * Reads the answer's body to its end, so that the connection can be used again, or closes the connection at the limit;
 * gives its beginning.
 */
async function readOff(body: Dispatcher.ResponseData['body']): Promise<Buffer> {
  const kept: Buffer[] = [];
  let keptBytes = 0;
  let readBytes = 0;
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      readBytes += chunk.length;
      if (keptBytes < answerKeptBytes)
        keptBytes += kept[kept.push(chunk.subarray(0, answerKeptBytes - keptBytes)) - 1]!.length;
      if (readBytes > answerBytesMax) break;
    }
  } catch {
    // The status has decided already; a body that breaks off or never ends changes nothing but the connection.
    body.destroy();
  }
  return Buffer.concat(kept);
}

const ERRORS_BY_CODE: Readonly<Record<string, AttemptError>> = {
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  ECONNREFUSED: 'connection_refused',
  ECONNRESET: 'connection_reset',
  EPIPE: 'connection_reset',
  UND_ERR_SOCKET: 'connection_reset',
  ENOTFOUND: 'dns_failure',
  EAI_AGAIN: 'dns_failure',
  ENODATA: 'dns_failure',
  ESERVFAIL: 'dns_failure',
  ECANCELLED: 'dns_failure',
  ETIMEOUT: 'dns_failure',
  EBADNAME: 'dns_failure',
  EREFUSED: 'dns_failure',
  TARGET_NOT_ALLOWED: 'target_not_allowed',
  UND_ERR_HEADERS_OVERFLOW: 'invalid_answer',
};

/** One word for what went wrong, looked for in the error, its cause, and the attempts on several addresses. */
export function attemptErrorOf(error: unknown): AttemptError {
  const {
    name = '',
    code = '',
    cause,
    errors,
  } = error as { name?: string; code?: string; cause?: unknown; errors?: readonly unknown[] };
  if (name === 'TimeoutError') return 'timeout';
  const known = ERRORS_BY_CODE[code];
  if (known !== undefined) return known;
  if (name === 'HTTPParserError' || String(code).startsWith('HPE_')) return 'invalid_answer';
  if (/^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|EPROTO)/.test(String(code))) return 'tls_failure';
  if (errors?.[0] !== undefined) return attemptErrorOf(errors[0]);
  return cause instanceof Error ? attemptErrorOf(cause) : 'network_failure';
}
