import { SubscriptionRefused } from '@paymatch/gateway-edge';
import type { Clock } from '@paymatch/platform-observability';
import type { Caller, MerchantKey } from '../access.ports.js';
import type { Plan, PlansStore } from './plans.store.js';

export const SUBSCRIPTION_GATE = Symbol('SubscriptionGate');

/** How long an installation without plans is taken for one, so that its payments pay nothing for this. */
const NO_PLANS_MS = 5_000;

/** Holds merchants to what the operator sells them. Without plans, and in test mode, everything is allowed. */
export class SubscriptionGate {
  private noPlansUntilMs = 0;

  constructor(
    private readonly plans: PlansStore,
    private readonly clock: Clock,
  ) {}

  /**
   * Before a payment is created. `createdSince` counts the merchant's live payments from a moment on. Throws
   * `SubscriptionRefused`.
   */
  async admitPayment(caller: MerchantKey, createdSince: (since: Date) => Promise<number>): Promise<void> {
    const plan = await this.planOf(caller);
    if (plan === null || plan.paymentsPerMonth === null) return;
    if ((await createdSince(startOfMonth(this.clock.nowMs()))) >= plan.paymentsPerMonth)
      throw new SubscriptionRefused(
        'transaction_limit_reached',
        `The ${plan.paymentsPerMonth} payments of this month are used up; ask the operator of this gateway for a ` +
          'larger plan.',
      );
  }

  /** Before a wallet or a phone is added to those that are there. Throws `SubscriptionRefused`. */
  async admitOneMore(caller: Caller, what: 'wallets' | 'phones', present: number): Promise<void> {
    const plan = await this.planOf(caller);
    const most = plan && (what === 'wallets' ? plan.walletsMax : plan.phonesMax);
    if (most !== null && present >= most)
      throw new SubscriptionRefused('plan_limit_reached', `The plan of this merchant has room for ${most} ${what}.`);
  }

  private async planOf({ merchantId, livemode }: MerchantKey): Promise<Plan | null> {
    const nowMs = this.clock.nowMs();
    if (!livemode || nowMs < this.noPlansUntilMs) return null;
    const subscription = await this.plans.find(merchantId);
    if (subscription !== null && nowMs < subscription.activeUntil.getTime()) return subscription.plan;
    if (subscription === null && !(await this.plans.isAnyDefined())) {
      this.noPlansUntilMs = nowMs + NO_PLANS_MS;
      return null;
    }
    throw new SubscriptionRefused(
      'subscription_required',
      'This merchant has no active subscription; ask the operator of this gateway for one.',
    );
  }
}

/** In UTC: from where a month's payments are counted. */
export function startOfMonth(nowMs: number): Date {
  const now = new Date(nowMs);
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1));
}
