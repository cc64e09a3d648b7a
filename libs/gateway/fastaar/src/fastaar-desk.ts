import type { FastifyReply, FastifyRequest } from 'fastify';
import { ulidToUuid, type PaymentSnapshot } from '@paymatch/contracts';
import type { Wallets } from '@paymatch/gateway-receiving';
import type { MessageBus } from '@paymatch/platform-messaging';
import { FastaarError, notFound } from './fastaar.errors.js';
import {
  checkOrigin,
  type Ability,
  type Caller,
  type CallerGate,
  type SubscriptionGate,
} from '@paymatch/gateway-access';
import type { IdempotencyStore } from '@paymatch/gateway-edge';
import type {
  CustomersStore,
  PaymentReadModel,
  PaymentRefundsReadModel,
  PaymentsClient,
} from '@paymatch/gateway-read-models';
import type { Clock } from '@paymatch/platform-observability';
import type { FastaarSettings } from './fastaar.settings.js';

/** What the controllers of contract A work with. */
export interface FastaarDesk {
  readonly gate: CallerGate;
  readonly subscriptions: SubscriptionGate;
  readonly idempotency: IdempotencyStore;
  readonly payments: PaymentsClient;
  readonly readModel: PaymentReadModel & PaymentRefundsReadModel;
  readonly customers: CustomersStore;
  readonly wallets: Wallets;
  readonly bus: MessageBus;
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

/** As `admit`, for what exists in test mode only. */
export async function admitTester(...asked: Parameters<typeof admit>): Promise<Caller> {
  const caller = await admit(...asked);
  if (caller.livemode)
    throw new FastaarError(403, 'ability_denied', { message: 'Only a test key (fk_test_…) may pretend anything.' });
  return caller;
}

/** A payment of the caller; throws the one 404 for everything else. */
export async function findPayment(desk: FastaarDesk, caller: Caller, id: string): Promise<PaymentSnapshot> {
  const paymentId = ulidToUuid(id);
  const { merchantId, livemode } = caller;
  const payment = paymentId === undefined ? null : await desk.readModel.find({ merchantId, livemode, paymentId });
  // A payment of the other contract is shown in that contract's words only.
  if (payment === null || payment.dialect !== 'fastaar') throw notFound();
  return payment;
}
