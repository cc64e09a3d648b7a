import type { TextSealer } from '@paymatch/platform-secrets';
import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import type { TargetPolicy } from '@paymatch/webhook-dispatch-domain';

/** What the handlers of this service work with. */
export interface WebhookContext {
  readonly database: Database;
  /** The gateway's public base without a trailing slash; part of what merchants are told. */
  readonly publicUrl: string;
  readonly targets: TargetPolicy;
  readonly sealer: TextSealer;
  readonly clock: Clock;
  readonly failureBudgetMs: number;
  readonly isMailSet: boolean;
}

export const WEBHOOK_CONTEXT = Symbol('WebhookContext');
export const WEBHOOK_PARKING = Symbol('WebhookParking');
/** The running `DeliveryDispatcher`. */
export const WEBHOOK_DISPATCHER = Symbol('WebhookDispatcher');
/** The running `WebhookWorkers`. */
export const WEBHOOK_WORKERS = Symbol('WebhookWorkers');
