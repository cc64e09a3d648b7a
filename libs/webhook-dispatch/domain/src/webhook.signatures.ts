import { createHmac } from 'node:crypto';

/** What one attempt signs. The body is text because both contracts send JSON; it is signed exactly as it is sent. */
export interface SigningInput {
  readonly body: string;
  /** The moment of this attempt: receivers refuse old timestamps, so every attempt signs afresh. */
  readonly nowMs: number;
}

/** Contract A, Webhooks: `t=<seconds>,v1=<hex>`; the secret is used verbatim as UTF-8 bytes, `whsec_` included. */
export function fastaarSignature(secret: string, input: SigningInput): string {
  const seconds = Math.floor(input.nowMs / 1_000);
  return `t=${seconds},v1=${hmacHex(secret, `${seconds}.${input.body}`)}`;
}

/** Contract B, Callback: the same shape, but `t` counts milliseconds. */
export function smartfastpaySignature(secret: string, input: SigningInput): string {
  return `t=${input.nowMs},v1=${hmacHex(secret, `${input.nowMs}.${input.body}`)}`;
}

/**
 * Headers of Standard Webhooks 1.0.0; every secret given signs, newest first (rotation: old and new sign for a while).
 */
export function standardWebhooksHeaders(
  secrets: readonly string[],
  input: SigningInput & { readonly id: string },
): Record<string, string> {
  const timestamp = String(Math.floor(input.nowMs / 1_000));
  const signed = `${input.id}.${timestamp}.${input.body}`;
  const signatures = secrets.map(
    (secret) => `v1,${createHmac('sha256', standardKey(secret)).update(signed, 'utf8').digest('base64')}`,
  );
  return {
    'webhook-id': input.id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}

/** The headers of one attempt of contract A: its own signature, by the first secret, and Standard Webhooks', by all. */
export function fastaarHeaders(attempt: {
  readonly event: string;
  readonly eventId: string;
  readonly body: string;
  readonly secrets: readonly [string, ...string[]];
  readonly nowMs: number;
}): Record<string, string> {
  const { event, eventId, body, secrets, nowMs } = attempt;
  return {
    'x-fastaar-event': event,
    'x-fastaar-signature': fastaarSignature(secrets[0], { body, nowMs }),
    ...standardWebhooksHeaders(secrets, { id: eventId, body, nowMs }),
  };
}

const SECRET_PREFIX = 'whsec_';
const BASE64_SHAPE = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** Bytes a new secret is made of: Standard Webhooks asks for 24 to 64. */
export const secretBytes = 24;

/**
 * A secret that both ways of signing accept: contract A uses the whole text, Standard Webhooks the bytes behind
 * `whsec_`. 24 random bytes give 32 base64 characters without padding.
 */
export function formatSecret(random: Uint8Array): string {
  if (random.length !== secretBytes)
    throw new RangeError(`a secret is made of ${secretBytes} bytes, got ${random.length}`);
  return `${SECRET_PREFIX}${Buffer.from(random).toString('base64')}`;
}

/**
 * A merchant's own secret need not be base64; then its text is the key, as the reference library's `raw` format has it.
 */
function standardKey(secret: string): Buffer {
  const encoded = secret.startsWith(SECRET_PREFIX) ? secret.slice(SECRET_PREFIX.length) : secret;
  return BASE64_SHAPE.test(encoded) && encoded !== '' ? Buffer.from(encoded, 'base64') : Buffer.from(secret, 'utf8');
}

function hmacHex(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex');
}
