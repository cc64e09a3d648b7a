import { newId, type PaymentSnapshot } from '@paymatch/contracts';
import type { PaymentsClient } from '@paymatch/gateway-read-models';
import type { MessageBus } from '@paymatch/platform-messaging';
import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { KeyedDigest } from '@paymatch/platform-secrets';
import { normaliseWalletNumber } from '@paymatch/vocabulary';
import {
  eraseAtTheGateway,
  findCustomer,
  paymentsOfCustomer,
  recordErasure,
  type ErasedCustomer,
  type Shop,
} from './customer-erasure.store.js';

/** More payments than one person makes; who has more is erased by asking again. */
export const ERASED_AT_ONCE_MAX = 2_000;
const ERASED_SIDE_BY_SIDE = 8;
/** How long the log is asked again while somebody has yet to take what is in it. */
const FORGET_TRIES = 50;
const FORGET_EVERY_MS = 200;

export interface Erasure {
  readonly paymentCount: number;
  /** Stands where contract B's `customer_id` stood; contract A's number stays. */
  readonly pseudonym: string;
  /** There are more payments than are erased at once: ask again. */
  readonly hasMore: boolean;
  /** `later`: of what was published something is still there; ask again. `kept`: until the topics let go of it. */
  readonly published: 'erased' | 'later' | 'kept';
}

interface ErasureParts {
  readonly database: Database;
  readonly payments: PaymentsClient;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly secret: string;
}

/** A payment of theirs is still open: it is decided with the evidence there is. */
export class OpenPaymentsError extends Error {
  override readonly name = 'OpenPaymentsError';
}

/**
 * Takes a customer's name, numbers and addresses out of everything that is kept, and leaves what money needs: amounts,
 * TrxIDs, times, the merchant's own references. Payments says that a payment names nobody any more, and every service
 * that hears of it lets go of what it has; here goes what the gateway keeps. Asked again it goes on where it ended.
 */
export class CustomerErasure {
  private readonly digest: KeyedDigest;

  constructor(private readonly parts: ErasureParts) {
    this.digest = new KeyedDigest(parts.secret, 'erased customers');
  }

  /** `null`: there is no such customer. Throws `OpenPaymentsError`; then nothing was erased. */
  async erase(shop: Shop, id: string, asked: { readonly correlationId: string }): Promise<Erasure | null> {
    const { database } = this.parts;
    const customer = await findCustomer(database, shop, id);
    if (customer === null) return null;
    const limit = ERASED_AT_ONCE_MAX + 1;
    const phone = customer.phone === null ? null : normaliseWalletNumber(customer.phone);
    const found = await paymentsOfCustomer(database, shop, { ...customer, phone, limit });
    if (found.some(isOpen)) throw new OpenPaymentsError();
    const payments = found.slice(0, ERASED_AT_ONCE_MAX);
    const pseudonym = this.pseudonymOf(shop, customer);
    await this.erasePayments(payments, { ...asked, pseudonym });
    const texts = personalTexts(customer, payments);
    await database.transaction(async (tx) => {
      const paymentIds = payments.map((payment) => payment.id);
      await eraseAtTheGateway(tx, shop, { customer, pseudonym, paymentIds, texts });
      await recordErasure(tx, shop, { reference: pseudonym, payments: payments.length, at: this.now() });
    });
    const published = await this.forgetPublished(payments, texts);
    return { paymentCount: payments.length, pseudonym, hasMore: found.length > payments.length, published };
  }

  private pseudonymOf({ merchantId, livemode }: Shop, { contract, reference }: ErasedCustomer): string {
    // A number tells nothing of anybody once the customer of that number has no name.
    if (contract === 'fastaar' || /^erased-[0-9a-f]{32}$/.test(reference)) return reference;
    return `erased-${this.digest.of(`${merchantId} ${livemode} ${reference}`).toString('hex').slice(0, 32)}`;
  }

  private async erasePayments(
    payments: readonly PaymentSnapshot[],
    { pseudonym, correlationId }: { readonly pseudonym: string; readonly correlationId: string },
  ): Promise<void> {
    const waiting = [...payments];
    const worker = async (): Promise<void> => {
      for (let payment = waiting.shift(); payment !== undefined; payment = waiting.shift()) {
        const { id: paymentId, merchantId, livemode } = payment;
        const command = { commandId: newId(), paymentId, merchantId, livemode, now: this.now() };
        await this.parts.payments.send({ ...command, type: 'ErasePersonalData', pseudonym }, { correlationId });
      }
    };
    await Promise.all(Array.from({ length: ERASED_SIDE_BY_SIDE }, worker));
  }

  private async forgetPublished(
    payments: readonly PaymentSnapshot[],
    texts: readonly string[],
  ): Promise<Erasure['published']> {
    const { bus } = this.parts;
    if (bus.forget === undefined) return 'kept';
    const named = [...payments.flatMap(({ id, trxId }) => (trxId === null ? [id] : [id, trxId])), ...texts];
    for (let attempt = 1; ; attempt += 1) {
      if (await bus.forget(named, { type: 'payments.personal-data-erased' })) return 'erased';
      if (attempt >= FORGET_TRIES) return 'later';
      await new Promise((resolve) => setTimeout(resolve, FORGET_EVERY_MS));
    }
  }

  private now(): string {
    return new Date(this.parts.clock.nowMs()).toISOString();
  }
}

function isOpen({ status, reviewReason }: PaymentSnapshot): boolean {
  return status === 'pending' || status === 'awaiting_verification' || reviewReason !== null;
}

/** What tells of this person wherever it stands. A name alone may be another's, too. */
function personalTexts({ phone, email }: ErasedCustomer, payments: readonly PaymentSnapshot[]): readonly string[] {
  const found = [
    phone,
    email,
    ...payments.flatMap(({ senderNumber, payer }) => [senderNumber, payer?.email ?? null, payer?.document ?? null]),
  ];
  const texts = found.flatMap((text) => (text === null ? [] : [text, normaliseWalletNumber(text)]));
  // What is short may stand in anything.
  return [...new Set(texts)].filter((text) => text.length >= 8 && text !== 'erased@erased.invalid');
}
