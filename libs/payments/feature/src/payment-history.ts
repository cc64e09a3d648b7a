import { isUuid, type GetPaymentHistory, type PaymentHistoryReply } from '@paymatch/contracts';
import { EventStore } from '@paymatch/platform-event-store';
import { Refusal } from '@paymatch/platform-messaging';
import type { Database } from '@paymatch/platform-postgres';
import { publishedFacts } from './payment.snapshot.js';
import { paymentsSchema } from './payments.migrations.js';

/** Far more than a payment has: TrxIDs are limited, and so is what can be refunded. */
const FACTS_MAX = 500;

/** Tells all that happened to one payment, for people. Another merchant's payment, or the other mode's, is none. */
export class PaymentHistoryReader {
  private readonly store = new EventStore({ schema: paymentsSchema });

  constructor(private readonly database: Database) {}

  async read({ paymentId, merchantId, livemode }: GetPaymentHistory): Promise<PaymentHistoryReply> {
    const streams = isUuid(paymentId) ? await this.store.load(this.database, [paymentId]) : new Map<string, never[]>();
    const events = streams.get(paymentId) ?? [];
    const facts = publishedFacts(events.slice(0, FACTS_MAX));
    const [first] = facts;
    if (first?.payment.merchantId !== merchantId || first.payment.livemode !== livemode)
      throw new Refusal('PAYMENT_NOT_FOUND', {});
    return { facts, isComplete: events.length <= FACTS_MAX };
  }
}
