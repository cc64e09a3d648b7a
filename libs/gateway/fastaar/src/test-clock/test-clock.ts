import { createHash } from 'node:crypto';
import {
  inEnvelope,
  topics,
  type AdvanceTestClock,
  type PaymentSnapshot,
  type TestClockReply,
  type TopicSettings,
} from '@paymatch/contracts';
import type { PaymentsClient } from '@paymatch/gateway-read-models';
import { Refusal, RequestUnavailable, type MessageBus } from '@paymatch/platform-messaging';
import type { Clock } from '@paymatch/platform-observability';
import type { Advance, Begun, Jump, TestClocksStore } from './test-clocks.store.js';

const REPLY_TIMEOUT_MS = 5_000;
const PAGE = 100;
/** Payments that follow in one request; with more of them the caller is asked to come again, and the rest follows. */
const FOLLOWERS_MAX = 2_000;
const AT_ONCE = 10;
/** How often a request begins anew because another one has begun in between. */
const BEGINNINGS_MAX = 5;
/** Ten years. */
export const ADVANCED_MAX_MS = 3_660 * 86_400_000;

export interface ClockReading {
  readonly nowMs: number;
  readonly advancedMs: number;
  readonly jumpedAt: Date | null;
}

export interface TestClockParts {
  readonly store: TestClocksStore;
  readonly payments: PaymentsClient;
  readonly bus: MessageBus;
  readonly clock: Clock;
}

/**
 * Moves the time of a merchant's test mode. A jump is written down first and carried out then: every pending payment's
 * end comes nearer, then what matching and webhook-dispatch wait for. Each step may be done again (its command's id, or
 * its number, is the jump's), so a jump that was cut off is finished by whoever asks for the clock next.
 */
export class TestClock {
  constructor(private readonly parts: TestClockParts) {}

  async read(merchantId: string, correlationId: string): Promise<ClockReading> {
    await this.finish(merchantId, correlationId);
    return this.reading(merchantId);
  }

  /** Rejects with `RequestUnavailable` when not all has followed yet: asking again goes on from there. */
  async advance(
    merchantId: string,
    ask: Advance,
    correlationId: string,
  ): Promise<ClockReading | Exclude<Begun, 'begun' | 'same_again' | 'unfinished'>> {
    for (let attempt = 0; attempt < BEGINNINGS_MAX; attempt += 1) {
      await this.finish(merchantId, correlationId);
      const limits = { nowMs: this.parts.clock.nowMs(), advancedMaxMs: ADVANCED_MAX_MS };
      const begun = await this.parts.store.begin(merchantId, ask, limits);
      if (begun === 'backward' || begun === 'too_far') return begun;
      if (begun === 'unfinished') continue;
      await this.finish(merchantId, correlationId);
      return this.reading(merchantId);
    }
    throw new RequestUnavailable('others are moving this clock all the time', 1);
  }

  private async reading(merchantId: string): Promise<ClockReading> {
    const { advancedMs, jumpedAt } = await this.parts.store.read(merchantId);
    return { nowMs: this.parts.clock.nowMs() + advancedMs, advancedMs, jumpedAt };
  }

  private async finish(merchantId: string, correlationId: string): Promise<void> {
    const { store } = this.parts;
    const { unfinished: jump } = await store.read(merchantId);
    if (jump === null) return;
    await this.letPaymentsFollow(merchantId, jump, correlationId);
    const command = {
      type: 'AdvanceTestClock',
      merchantId,
      livemode: false,
      jump: jump.jump,
      byMs: jump.byMs,
    } as const;
    await this.tell(topics.creditsCommands, command, correlationId);
    await this.tell(topics.webhooksCommands, command, correlationId);
    await store.finish(merchantId, jump);
  }

  private async letPaymentsFollow(merchantId: string, begun: Jump, correlationId: string): Promise<void> {
    const { store } = this.parts;
    let jump = begun;
    for (let followed = 0; followed < FOLLOWERS_MAX; followed += PAGE) {
      const page = await store.followers(merchantId, jump, PAGE);
      for (let from = 0; from < page.length; from += AT_ONCE)
        await Promise.all(
          page.slice(from, from + AT_ONCE).map((payment) => this.advanceExpiry(payment, jump, correlationId)),
        );
      const last = page.at(-1);
      if (last === undefined) return;
      await store.progress(merchantId, jump, last.id);
      jump = { ...jump, afterPayment: last.id };
      if (page.length < PAGE) return;
    }
    throw new RequestUnavailable('there are more test payments than follow in one request', 1);
  }

  private async advanceExpiry(payment: PaymentSnapshot, jump: Jump, correlationId: string): Promise<void> {
    const { id: paymentId, merchantId, livemode } = payment;
    const commandId = stepId(`${merchantId} ${jump.jump} ${paymentId}`);
    const now = new Date(this.parts.clock.nowMs()).toISOString();
    const { byMs } = jump;
    try {
      await this.parts.payments.send(
        { type: 'BringExpiryForward', commandId, paymentId, merchantId, livemode, now, byMs },
        { correlationId },
      );
    } catch (error) {
      // One that payments knows nothing of waits for nothing.
      if (!(error instanceof Refusal)) throw error;
    }
  }

  private tell(topic: TopicSettings, command: AdvanceTestClock, correlationId: string): Promise<TestClockReply> {
    const { merchantId, jump } = command;
    return this.parts.bus.request<TestClockReply>(
      topic.name,
      inEnvelope(command, {
        id: stepId(`${merchantId} ${jump} ${topic.name}`),
        source: 'api-gateway',
        key: merchantId,
        time: new Date(this.parts.clock.nowMs()).toISOString(),
        correlationId,
      }),
      { timeoutMs: REPLY_TIMEOUT_MS },
    );
  }
}

/** The same step of the same jump has the same id, whoever takes it. A UUID of the name (RFC 9562, version 8). */
function stepId(name: string): string {
  const hex = createHash('sha256').update(`test clock ${name}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
