import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  readIdempotencyKey,
  requestFingerprint,
  type IdempotencyStore,
  type StoredAnswer,
} from './idempotency.store.js';
import type { RequestWithBytes } from './route-marks.js';

/** A successful answer: its status, its body as JSON text, and whether it repeats an earlier one. */
export interface Answer extends StoredAnswer {
  readonly isReplayed?: boolean;
}

/** `{"data": …}`. */
export function dataAnswer(status: number, data: unknown, isReplayed = false): Answer {
  return { status, body: JSON.stringify({ data }), isReplayed };
}

export function sendAnswer(reply: FastifyReply, answer: Answer): void {
  if (answer.isReplayed === true) reply.header('idempotent-replayed', 'true');
  void reply.status(answer.status).header('content-type', 'application/json; charset=utf-8').send(answer.body);
}

export interface PostContext {
  readonly store: IdempotencyStore;
  readonly request: FastifyRequest;
  /** In whose name keys are kept: one merchant's never meet another's, nor test live. */
  readonly caller: { readonly merchantId: string; readonly livemode: boolean };
}

/**
 * Runs a POST once per `Idempotency-Key`. `work` gets the id its commands go out under: the same one when an earlier
 * try under this key got no further, `null` without a key.
 */
export async function answerOnce(
  context: PostContext,
  work: (operationId: string | null) => Promise<Answer>,
): Promise<Answer> {
  const key = readIdempotencyKey(context.request.headers['idempotency-key']);
  return key === null ? work(null) : answerUnder(key, context, work);
}

/**
 * As `answerOnce`, for what would count twice if it were done twice: without a header, `subject` (what is done to what)
 * stands for the key until the outcome is known.
 */
export async function answerSafely(
  context: PostContext & { readonly subject: string },
  work: (operationId: string) => Promise<Answer>,
): Promise<Answer> {
  const {
    store,
    caller: { merchantId, livemode },
  } = context;
  const key = readIdempotencyKey(context.request.headers['idempotency-key']);
  if (key !== null) return answerUnder(key, context, work);
  // The space keeps it apart from every key of a header.
  const subject = `subject ${context.subject}`;
  return store.runUntilKnown(
    { merchantId, livemode, key: subject, fingerprint: requestFingerprint('', subject, undefined) },
    work,
  );
}

async function answerUnder(
  key: string,
  context: PostContext,
  work: (operationId: string) => Promise<Answer>,
): Promise<Answer> {
  const {
    store,
    request,
    caller: { merchantId, livemode },
  } = context;
  const fingerprint = requestFingerprint(request.method, request.url, (request as RequestWithBytes).rawBody);
  let done: Answer | undefined;
  const { answer, isReplayed } = await store.run({ merchantId, livemode, key, fingerprint }, async (operationId) => {
    done = await work(operationId);
    return { status: done.status, body: done.body };
  });
  return isReplayed ? { ...answer, isReplayed: true } : (done ?? answer);
}
