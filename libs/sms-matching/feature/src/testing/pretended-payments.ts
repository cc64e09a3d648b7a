import type { CreditEvent, PaymentEventData } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { FakePayment } from './matching-world.js';

/**
 * The other side of the topics, as payments decides there: it completes a payment with money that is right and unused,
 * fails who waits for used money, and asks for a review otherwise. Its facts wait in order until a test delivers them.
 */
export class PretendedPayments {
  readonly payments: readonly FakePayment[];
  readonly facts: Message<PaymentEventData>[] = [];
  /** Which payment each credit has completed. */
  readonly spent = new Map<string, string>();
  private readonly reviews = new Set<string>();

  constructor(count: number) {
    this.payments = Array.from({ length: count }, () => new FakePayment());
  }

  submit(payment: FakePayment, trxId: string): void {
    const { status, trxId: current } = payment.snapshot;
    if (status !== 'pending' && (status !== 'awaiting_verification' || current === trxId)) return;
    this.facts.push(payment.submits(trxId));
  }

  fail(payment: FakePayment): void {
    if (payment.snapshot.status === 'pending' || payment.snapshot.status === 'awaiting_verification')
      this.facts.push(payment.fails());
  }

  hear(fact: CreditEvent): void {
    switch (fact.type) {
      case 'credits.matched':
        return this.confirm(fact);
      case 'credits.needs-review': {
        const payment = this.find(fact.paymentId);
        const reason =
          payment.snapshot.status === 'completed'
            ? 'already_paid'
            : payment.snapshot.status === 'failed'
              ? 'late_money'
              : fact.reason;
        return this.review(payment, fact.credit.creditId, reason);
      }
      case 'credits.trx-already-used': {
        const payment = this.find(fact.paymentId);
        if (payment.snapshot.status === 'awaiting_verification' && payment.snapshot.trxId === fact.trxId)
          this.facts.push(payment.fails());
        return;
      }
      default:
    }
  }

  private confirm(fact: Extract<CreditEvent, { readonly type: 'credits.matched' }>): void {
    const payment = this.find(fact.paymentId);
    const { creditId, amountMinor, trxId } = fact.credit;
    const isByHand = fact.decidedBy !== null;
    const { status } = payment.snapshot;
    if (status === 'completed' && payment.snapshot.creditId === creditId) return;
    // A person's word on used money is refused without a fact.
    if (this.spent.has(creditId)) return isByHand ? undefined : this.fail(payment);
    if (status === 'completed') return this.review(payment, creditId, 'already_paid');
    if (!isByHand && status === 'failed') return this.review(payment, creditId, 'late_money');
    if (!isByHand && amountMinor !== payment.snapshot.amountMinor)
      return this.review(payment, creditId, 'amount_mismatch');
    if (!isByHand && payment.snapshot.trxId !== trxId) return this.review(payment, creditId, 'ambiguous_claim');
    this.spent.set(creditId, payment.id);
    this.facts.push(payment.completes(creditId));
  }

  private review(payment: FakePayment, creditId: string, reason: string): void {
    const key = `${payment.id}:${creditId}:${reason}`;
    if (this.reviews.has(key)) return;
    this.reviews.add(key);
    this.facts.push(payment.requiresReview(creditId, reason));
  }

  private find(paymentId: string): FakePayment {
    const payment = this.payments.find((one) => one.id === paymentId);
    if (payment === undefined) throw new Error(`a fact about a payment that does not exist: ${paymentId}`);
    return payment;
  }
}
