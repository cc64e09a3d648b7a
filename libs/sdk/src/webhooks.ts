import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Event } from './api-types.js';
import { SignatureError } from './errors.js';

export interface VerifyOptions {
  /** `whsec_…`; while one is replaced by another, both. */
  readonly secret: string | readonly string[];
  /** How far the sender's clock may be off; 300 unless set. */
  readonly toleranceSeconds?: number;
  /** For tests; now unless set. */
  readonly nowMs?: number;
}

/** As Node's servers have them, or as `fetch` has them. */
export type WebhookHeaders =
  { get(name: string): string | null } | Readonly<Record<string, string | readonly string[] | undefined>>;

const TOLERANCE_SECONDS = 300;
const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * The event of a webhook, when one of its signatures is by one of the secrets and fresh: `X-Fastaar-Signature`, or
 * Standard Webhooks'. `body`: the very bytes that came, before anybody parsed them. Throws `SignatureError`.
 */
export function verifyWebhook(body: string | Uint8Array, headers: WebhookHeaders, options: VerifyOptions): Event {
  const bytes = Buffer.from(body);
  const secrets = [options.secret].flat().filter((secret) => secret !== '');
  if (secrets.length === 0) throw new SignatureError('There is no secret to verify by.');
  const signed = signaturesOf(headers);
  if (signed.length === 0) throw new SignatureError('The request carries no signature.');
  const genuine = signed.filter(({ digestBy, given }) =>
    // All are tried, so that the time tells nothing.
    secrets.map((secret) => given.map((text) => isSame(digestBy(secret, bytes), text)).includes(true)).includes(true),
  );
  if (genuine.length === 0) throw new SignatureError('The signature is not by this secret, or the body was changed.');
  const nowSeconds = (options.nowMs ?? Date.now()) / 1_000;
  const tolerance = options.toleranceSeconds ?? TOLERANCE_SECONDS;
  if (!genuine.some(({ seconds }) => Math.abs(nowSeconds - seconds) <= tolerance))
    throw new SignatureError('The request was signed too long ago, or the clock here is wrong.');
  return JSON.parse(bytes.toString('utf8')) as Event;
}

interface Signed {
  readonly seconds: number;
  readonly given: readonly string[];
  readonly digestBy: (secret: string, body: Buffer) => string;
}

function signaturesOf(headers: WebhookHeaders): readonly Signed[] {
  const [id, stamp, standard] = ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) =>
    header(headers, name),
  );
  const found: Signed[] = [];
  const own = /^t=(\d{1,12}),v1=([a-f0-9]{64})$/.exec(header(headers, 'x-fastaar-signature') ?? '');
  if (own !== null)
    found.push({
      seconds: Number(own[1]),
      given: [own[2]!],
      digestBy: (secret, body) => createHmac('sha256', secret).update(`${own[1]}.`).update(body).digest('hex'),
    });
  if (typeof id === 'string' && typeof standard === 'string' && /^\d{1,12}$/.test(stamp ?? ''))
    found.push({
      seconds: Number(stamp),
      given: standard.split(' ').flatMap((part) => (part.startsWith('v1,') ? [part.slice(3)] : [])),
      digestBy: (secret, body) =>
        createHmac('sha256', standardKey(secret)).update(`${id}.${stamp}.`).update(body).digest('base64'),
    });
  return found;
}

/** Standard Webhooks signs by the bytes behind `whsec_`; by the text itself where that is not base64. */
function standardKey(secret: string): Buffer {
  const encoded = secret.startsWith('whsec_') ? secret.slice('whsec_'.length) : secret;
  return BASE64.test(encoded) && encoded !== '' ? Buffer.from(encoded, 'base64') : Buffer.from(secret, 'utf8');
}

function isSame(digest: string, given: string): boolean {
  const [expected, actual] = [Buffer.from(digest), Buffer.from(given)];
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function header(headers: WebhookHeaders, name: string): string | null {
  if (typeof headers['get'] === 'function') return (headers as { get(name: string): string | null }).get(name);
  const found = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof found === 'string' ? found : null;
}
