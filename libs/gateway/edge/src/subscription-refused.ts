export type SubscriptionProblem = 'subscription_required' | 'transaction_limit_reached' | 'plan_limit_reached';

/** The operator's plan for this merchant does not take more; each face says it in its own words, with status 402. */
export class SubscriptionRefused extends Error {
  override readonly name = 'SubscriptionRefused';
  constructor(
    readonly problem: SubscriptionProblem,
    message: string,
  ) {
    super(message);
  }
}
