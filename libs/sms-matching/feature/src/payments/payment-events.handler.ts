import { isUuid, type PaymentEventData, type PaymentSnapshot } from '@paymatch/contracts';
import { ContractError, type Message } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { Tx } from '@paymatch/platform-postgres';
import { paidOtherwise } from '../bank/bank-matching.js';
import { bankProvider } from '../bank/bank-slots.js';
import { systemActor } from '../cases/case-history.js';
import type { MessageWaits } from '../cases/message-waits.js';
import { implicitSlots, putImplicitClaims } from '../slots/implicit-claims.js';
import { causeOf } from '../slots/match-traces.js';
import type { MatchingWork } from '../slots/matching-work.js';
import { PixReturns } from '../pix/pix-returns.store.js';
import { pixProvider } from '../pix/pix-slots.js';
import type { CreditRecord, SlotKey } from '../slots/records.js';
import { settle } from '../slots/settlement.js';
import { consume, giveBack, refuseUsed, type SettleOptions } from '../slots/slot-matching.js';
import { byMerchant, type Held, type MatchingStage, type Share } from '../slots/matching-stage.js';

export interface PaymentEventsOptions {
  readonly stage: Pick<MatchingStage, 'commit'>;
  readonly logger: Logger;
  readonly settings: SettleOptions;
  readonly waits: MessageWaits;
}

type Fact = Message<PaymentEventData>;

const RELEVANT: ReadonlySet<PaymentEventData['type']> = new Set([
  'payments.payment-created',
  'payments.trx-submitted',
  'payments.payment-completed',
  'payments.payment-failed',
  'payments.payment-expired',
  'payments.review-required',
]);

/** Keeps the claims in step with payments, and takes payments' word on what was matched. */
export class PaymentEventsHandler {
  constructor(private readonly options: PaymentEventsOptions) {}

  /** Idempotent by the payment's version, which advances in the transaction of the effects. */
  async handle(messages: readonly Fact[], nowMs: number): Promise<void> {
    const facts = messages.filter(isRelevant);
    if (facts.length === 0) return;
    const groups = byMerchant(facts, ({ data }) => data.payment);
    await this.options.stage.commit(groups.map((group) => this.shareOf(group, nowMs)));
  }

  private shareOf(facts: readonly Fact[], nowMs: number): Share<void> {
    return {
      kind: 'payments',
      merchant: facts[0]!.data.payment,
      nowMs,
      wanted: {
        paymentIds: [...new Set(facts.map(({ data }) => data.payment.id))],
        slots: facts.flatMap(({ data }) => slotsReported(data)),
        creditIds: facts.flatMap(({ data }) => creditIdOf(data) ?? []),
      },
      decide: (held) => this.decide(held, facts),
    };
  }

  private async decide({ tx, found, work, later }: Held, facts: readonly Fact[]): Promise<void> {
    const versions = new Map(found.versions);
    let isAnyFresh = false;
    for (const fact of facts) {
      const { payment } = fact.data;
      if (payment.version <= (versions.get(payment.id) ?? 0)) continue;
      versions.set(payment.id, payment.version);
      isAnyFresh = true;
      work.cause = causeOf(fact);
      this.apply(work, fact.data);
      work.advance(payment);
    }
    if (!isAnyFresh) return;
    const returns = await tellReturns(tx, work);
    later(() => returns.flush(tx));
  }

  private apply(work: MatchingWork, data: PaymentEventData): void {
    switch (data.type) {
      case 'payments.trx-submitted':
        return this.submitted(work, data.payment);
      case 'payments.payment-completed':
        return completed(work, data.payment);
      case 'payments.payment-failed':
      case 'payments.payment-expired': {
        for (const slot of releaseClaims(work, data.payment.id)) settle(work, slot, this.options.settings);
        return;
      }
      case 'payments.review-required':
        return reviewRequired(work, data, this.options.settings);
      case 'payments.payment-created': {
        for (const slot of putImplicitClaims(work, data.payment)) settle(work, slot, this.options.settings);
        return;
      }
      case 'payments.review-resolved':
      case 'payments.refund-recorded':
      case 'payments.money-returned':
      case 'payments.personal-data-erased':
        return;
    }
  }

  /** The customer named a TrxID; an earlier one was a slip of theirs, and waits no longer. */
  private submitted(work: MatchingWork, payment: PaymentSnapshot): void {
    const slot = submittedSlot(payment);
    const left = releaseClaims(work, payment.id).filter(
      (other) => other.slotKey !== slot.slotKey || other.provider !== slot.provider,
    );
    work.putClaim({
      ...slot,
      paymentId: payment.id,
      amountMinor: payment.amountMinor,
      currency: payment.currency,
      senderNumber: payment.senderNumber,
      walletNumber: payment.walletNumber,
      paymentCreatedAt: payment.createdAt,
      submittedAt: payment.updatedAt,
      status: 'open',
      objection: null,
      waitsUntil: new Date(work.nowMs + this.options.waits.ofMs(payment)).toISOString(),
    });
    for (const changed of [...left, slot]) settle(work, changed, this.options.settings);
  }
}

function isRelevant({ data }: Fact): boolean {
  if (!RELEVANT.has(data.type)) return false;
  if (data.type === 'payments.payment-created') return data.payment.method !== 'wallet';
  // A payment nobody ever named a TrxID for has no claim to release. A Pix code's txid stays its payment's for ever:
  // money that comes late is still this payment's to answer for.
  return (
    data.payment.method === 'bank_transfer' ||
    data.payment.trxId !== null ||
    (data.type !== 'payments.payment-failed' && data.type !== 'payments.payment-expired')
  );
}

/** Where a fact makes its payment wait. */
function slotsReported({ type, payment }: PaymentEventData): readonly SlotKey[] {
  if (type === 'payments.trx-submitted') return [submittedSlot(payment)];
  return type === 'payments.payment-created' ? implicitSlots(payment) : [];
}

function submittedSlot(payment: PaymentSnapshot): SlotKey {
  const { merchantId, livemode, provider, trxId } = payment;
  if (provider === null || trxId === null)
    throw new ContractError(`payment ${payment.id} has a TrxID submitted but names no provider or no id`);
  return { merchantId, livemode, provider, slotKey: trxId };
}

function creditIdOf(data: PaymentEventData): string | null {
  const creditId =
    data.type === 'payments.payment-completed'
      ? data.payment.creditId
      : data.type === 'payments.review-required'
        ? data.details.creditId
        : null;
  // Pix and simulated credits have ids of other kinds: none of ours.
  return typeof creditId === 'string' && isUuid(creditId) ? creditId : null;
}

/** Money of a Pix may have gone back before payments had answered for it; a statement may have told of it first. */
async function tellReturns(tx: Tx, work: MatchingWork): Promise<PixReturns> {
  const credits = work.loadedCredits.filter(({ provider }) => provider === pixProvider || provider === bankProvider);
  const returns = await PixReturns.load(
    tx,
    credits.map(({ creditId }) => creditId),
  );
  for (const { creditId } of credits) returns.apply(work, work.credit(creditId)!);
  return returns;
}

function releaseClaims(work: MatchingWork, paymentId: string): readonly SlotKey[] {
  const open = work.claimsOfPayment(paymentId).filter((claim) => claim.status === 'open' || claim.status === 'refused');
  for (const claim of open) work.putClaim({ ...claim, status: 'released' });
  return open;
}

/**
 * Money entered by hand stands under its own id, and money of another kind has no claim key: the bank has still to tell
 * of it.
 */
function isBankReported(credit: CreditRecord | undefined): boolean {
  return typeof credit?.claimKey === 'string' && credit.slotKey !== credit.trxId;
}

/** Payments' word that this money is spent: everybody else who waits for it waits in vain. */
function completed(work: MatchingWork, payment: PaymentSnapshot): void {
  const credit = creditOfMerchant(work, payment.creditId, payment);
  for (const claim of work.claimsOfPayment(payment.id)) {
    if (claim.status === 'released') continue;
    work.putClaim({
      ...claim,
      status: credit?.slotKey === claim.slotKey && credit.provider === claim.provider ? 'won' : 'released',
      ...(claim.provider === bankProvider && !isBankReported(credit) && { objection: paidOtherwise }),
    });
  }
  if (credit !== undefined) {
    consume(work, credit, payment.id);
    // A bank slot is a payer and a sum: other payments there wait for other money.
    if (credit.provider !== bankProvider) refuseUsed(work, credit);
  }
  // Another credit was matched to this payment while this one completed it: that money is now nobody's.
  for (const other of work.creditsOfPayment(payment.id)) {
    if (other.status === 'matched')
      giveBack(work, other, { reason: 'already_paid', paymentId: payment.id, actor: systemActor });
  }
}

/** Payments will not take this credit for this payment on its own: a person must look. The money is not spent. */
function reviewRequired(work: MatchingWork, data: PaymentEventData, settings: SettleOptions): void {
  const credit = creditOfMerchant(work, creditIdOf(data), data.payment);
  if (credit === undefined || credit.status === 'consumed' || credit.status === 'ignored') return;
  // Meanwhile given to another payment, which has not answered yet: its answer decides.
  if (credit.status === 'matched' && credit.paymentId !== data.payment.id) return;
  const reason = typeof data.details.reason === 'string' ? data.details.reason : 'review_required';
  // Our own objection, come back as payments' fact: the case has it already.
  if (work.claimsOf(credit).some((claim) => claim.paymentId === data.payment.id && claim.objection === reason)) return;
  giveBack(work, credit, { reason, paymentId: data.payment.id, actor: 'payments' });
  settle(work, credit, settings);
}

function creditOfMerchant(work: MatchingWork, creditId: string | null, payment: PaymentSnapshot) {
  const credit = creditId === null ? undefined : work.credit(creditId);
  return credit?.merchantId === payment.merchantId && credit.livemode === payment.livemode ? credit : undefined;
}
