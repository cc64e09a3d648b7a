import type { TextSealer } from '@paymatch/platform-secrets';
import { Refusal } from '@paymatch/platform-messaging';
import type { Database } from '@paymatch/platform-postgres';
import type { TargetPolicy } from '@paymatch/webhook-dispatch-domain';

export interface CommandContext {
  readonly database: Database;
  readonly targets: TargetPolicy;
  /** The gateway's public base without a trailing slash. */
  readonly publicUrl: string;
  readonly sealer: TextSealer;
  /** The message's id: a command that arrives twice has the same. */
  readonly messageId: string;
  readonly nowMs: number;
  /** How long an endpoint may fail before it is disabled. */
  readonly failureBudgetMs: number;
  /** Whether this installation can send mail. */
  readonly isMailSet: boolean;
}

export function invalid(field: string): Refusal {
  return new Refusal('INVALID_COMMAND', { field });
}
