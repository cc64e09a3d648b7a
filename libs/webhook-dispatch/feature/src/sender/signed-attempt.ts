import type { AttemptResult } from '@paymatch/webhook-dispatch-domain';
import { answerText, maskHeaders } from '../deliveries/attempt-details.js';
import type { WebhookSender } from './webhook.sender.js';

export interface SignedRequest {
  readonly url: string;
  readonly body: Uint8Array;
  /** The merchant's own, beside ours. */
  readonly ownHeaders: Readonly<Record<string, string>>;
  /** The signatures, and what goes with them. */
  readonly signed: Readonly<Record<string, string>>;
  /** What must not be kept. */
  readonly secrets: readonly string[];
  /** Of the attempt, where it is traced. */
  readonly traceparent?: string | undefined;
}

export interface SignedAttempt {
  readonly result: AttemptResult;
  /** As they were sent, secrets masked. */
  readonly requestHeaders: Readonly<Record<string, string>>;
  /** How the answer's body began, secrets masked; absent when there was none. */
  readonly answer?: string;
}

/** One POST as all of ours are, and what may be kept of it. */
export async function signedAttempt(sender: WebhookSender, request: SignedRequest): Promise<SignedAttempt> {
  const { url, body, ownHeaders, signed, secrets, traceparent } = request;
  const headers = {
    ...ownHeaders,
    'content-type': 'application/json',
    'user-agent': 'Paymatch-Webhooks/1',
    ...signed,
    ...(traceparent !== undefined && { traceparent }),
  };
  let answer: string | undefined;
  const onAnswer = (beginning: Buffer): void => {
    answer = answerText(beginning, [...secrets, ...Object.values(ownHeaders)]);
  };
  const result = await sender.send({ url, body, headers, onAnswer });
  return { result, requestHeaders: maskHeaders(headers), ...(answer !== undefined && { answer }) };
}
