import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  checkOrigin,
  type Ability,
  type Caller,
  type CallerGate,
  type SubscriptionGate,
} from '@paymatch/gateway-access';
import type { IdempotencyStore } from '@paymatch/gateway-edge';
import type { PaymentReadModel, PaymentRefundsReadModel, PaymentsClient } from '@paymatch/gateway-read-models';
import type { Clock } from '@paymatch/platform-observability';
import type { CustomersStore } from './customers.store.js';
import type { FastaarSettings } from './fastaar.settings.js';

/** What the controllers of contract A work with. */
export interface FastaarDesk {
  readonly gate: CallerGate;
  readonly subscriptions: SubscriptionGate;
  readonly idempotency: IdempotencyStore;
  readonly payments: PaymentsClient;
  readonly readModel: PaymentReadModel & PaymentRefundsReadModel;
  readonly customers: CustomersStore;
  readonly settings: FastaarSettings;
  readonly clock: Clock;
}

export const FASTAAR_DESK = Symbol('FastaarDesk');

/** Lets a request in: its key, its rate, its ability, and the page it comes from. */
export async function admit(
  desk: FastaarDesk,
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  ability: Ability,
): Promise<Caller> {
  const caller = await desk.gate.admit(http.request, http.reply, ability);
  checkOrigin(http.request, http.reply, caller);
  return caller;
}
