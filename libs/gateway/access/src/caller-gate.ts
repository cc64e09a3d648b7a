import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '@paymatch/platform-observability';
import type { SharedRateLimiter } from './shared-rate-limiter.js';
import type { Ability, ApiKeys, Caller } from './access.ports.js';
import {
  AdmissionRefused,
  clientAddress,
  CredentialThrottle,
  noteAsker,
  TooManyFailures,
  type RateDecision,
} from '@paymatch/gateway-edge';

export const CALLER_GATE = Symbol('CallerGate');

/** The one door of every API that is called with a bearer key. */
export class CallerGate {
  private readonly throttle = new CredentialThrottle();

  constructor(
    private readonly keys: Pick<ApiKeys, 'authenticate'>,
    private readonly limiter: SharedRateLimiter,
    private readonly clock: Clock,
  ) {}

  /**
   * Who calls, if the key is good, within its rate, and able to do this. Throws `AdmissionRefused`. Writes the
   * rate-limit headers.
   */
  async admit(request: FastifyRequest, reply: FastifyReply, ability: Ability): Promise<Caller> {
    const key = bearerKey(request.headers.authorization);
    const caller = key === null ? null : await this.authenticate(request, key);
    if (caller === null)
      throw new AdmissionRefused(
        'unauthenticated',
        'Send a valid API key as "Authorization: Bearer fk_live_…" or "fk_test_…".',
      );
    const { merchantId, livemode, keyId, keyName = null } = caller;
    noteAsker(request, { merchantId, livemode, keyId, keyName });
    const rate = await this.limiter.take(keyId, caller.rateLimitPerMinute, this.clock.nowMs());
    writeRateHeaders(reply, rate);
    if (!rate.isAllowed)
      throw new AdmissionRefused(
        'rate_limited',
        `At most ${rate.limit} requests a minute; try again in ${rate.resetSeconds} s.`,
        rate.resetSeconds,
      );
    if (caller.merchant.status === 'suspended')
      throw new AdmissionRefused('suspended', 'This merchant account is suspended; ask the operator of this gateway.');
    if (!caller.abilities.has(ability))
      throw new AdmissionRefused('ability_missing', `This API key lacks the ability "${ability}".`);
    return caller;
  }

  private async authenticate(request: FastifyRequest, credential: string): Promise<Caller | null> {
    const attempt = { address: clientAddress(request), credential, nowMs: this.clock.nowMs() };
    try {
      return await this.throttle.check(attempt, () => this.keys.authenticate(credential));
    } catch (error) {
      if (!(error instanceof TooManyFailures)) throw error;
      throw new AdmissionRefused('rate_limited', error.message, error.retryAfterSeconds);
    }
  }
}

/**
 * Refuses a browser page whose origin the merchant has not listed; servers send no `Origin`. An allowed page may read
 * the answer.
 */
export function checkOrigin(request: FastifyRequest, reply: FastifyReply, caller: Caller): void {
  const origin = request.headers.origin;
  if (origin === undefined) return;
  if (!caller.merchant.allowedOrigins?.includes(origin)) {
    throw new AdmissionRefused(
      'origin_not_allowed',
      `The origin ${printable(origin)} is not on this merchant's list of allowed origins.`,
    );
  }
  reply.header('access-control-allow-origin', origin).header('vary', 'Origin');
}

const BEARER = /^Bearer +(\S{1,200}) *$/i;

function bearerKey(header: string | undefined): string | null {
  return header === undefined ? null : (BEARER.exec(header)?.[1] ?? null);
}

/** IETF draft "RateLimit header fields for HTTP", and the older `X-RateLimit-*`. */
function writeRateHeaders(reply: FastifyReply, rate: RateDecision): void {
  reply
    .header('ratelimit-policy', `"default";q=${rate.limit};w=60`)
    .header('ratelimit', `"default";r=${rate.remaining};t=${rate.resetSeconds}`)
    .header('x-ratelimit-limit', rate.limit)
    .header('x-ratelimit-remaining', rate.remaining);
}

function printable(text: string): string {
  return text.slice(0, 100).replace(/[^\x20-\x7e]/g, '?');
}
