import type { FastifyRequest } from 'fastify';
import { formatMinor, isUuid, type CreditProposal, type PaymentSnapshot, type ReviewCase } from '@paymatch/contracts';
import type { CaseHolder } from './case-holders.store.js';
import { notFound } from './panel-desk.js';
import { dialectOfCurrency, spelledIn } from './payment-spelling.js';

/** A case as the panel API shows it. */
export function renderCase(found: ReviewCase, holder?: CaseHolder): object {
  const dialect = dialectOfCurrency(found.credit?.currency ?? found.proposal?.currency);
  const spelled = (paymentId: string | null): string | null =>
    paymentId === null ? null : spelledIn(dialect, paymentId);
  const { id, status, reason, credit, evidence, history } = found;
  return {
    id,
    status,
    reason,
    resolution: found.resolution ?? null,
    livemode: found.livemode,
    provider: found.provider ?? credit?.provider ?? null,
    payment_id: spelled(found.paymentId),
    credit:
      credit === null
        ? null
        : {
            id: credit.creditId,
            provider: credit.provider,
            trx_id: credit.trxId,
            amount: formatMinor(credit.amountMinor),
            currency: credit.currency,
            wallet_number: credit.walletNumber,
            sender_number: credit.senderNumber,
            received_at: credit.receivedAt,
            status: found.creditStatus ?? null,
          },
    awaited_trx_id: found.awaitedTrxId ?? null,
    proposal: renderProposal(found.proposal ?? null),
    claims: (found.claims ?? []).map(({ paymentId, submittedAt, status: claim, objection }) => ({
      payment_id: spelled(paymentId),
      submitted_at: submittedAt,
      status: claim,
      objection,
    })),
    evidence: evidence.map(({ rawId, sender, body, arrivedAt }) => ({
      id: rawId,
      sender,
      body,
      arrived_at: arrivedAt,
    })),
    history: history.map(({ at, actor, action, note, paymentId = null }) => ({
      at,
      actor,
      action,
      note,
      payment_id: spelled(paymentId),
    })),
    holder: holder === undefined ? null : renderHolder(holder),
    opened_at: found.openedAt,
    closed_at: found.closedAt,
  };
}

/** A phone that should have brought a message. */
export interface AskedPhone {
  readonly id: string;
  readonly name: string;
  readonly lastHeardAt: string | null;
}

/**
 * With the state of the payment it is about, as this gateway knows it, and of a missing message the phones that should
 * have brought it.
 */
export function renderCaseWithPayment(
  found: ReviewCase,
  about: {
    readonly payment: PaymentSnapshot | null;
    readonly phones: readonly AskedPhone[] | null;
    readonly holder: CaseHolder | undefined;
  },
): object {
  const { payment, phones, holder } = about;
  return {
    ...renderCase(found, holder),
    payment: payment === null ? null : renderPayment(payment),
    ...(phones !== null && {
      phones: phones.map(({ id, name, lastHeardAt }) => ({ id, name, last_heard_at: lastHeardAt })),
    }),
  };
}

function renderHolder({ userId, name, email, givenBy, note, givenAt }: CaseHolder): object {
  return { user_id: userId, name, email, given_by: givenBy, note, given_at: givenAt };
}

export function readCaseId({ params: { id } }: FastifyRequest<{ Params: { id: string } }>): string {
  if (!isUuid(id)) throw notFound();
  return id;
}

function renderPayment(payment: PaymentSnapshot): object {
  return {
    id: spelledIn(payment.dialect, payment.id),
    status: payment.status,
    amount: formatMinor(payment.amountMinor),
    currency: payment.currency,
    invoice_id: payment.invoiceId,
    provider: payment.provider,
    trx_id: payment.trxId,
    sender_number: payment.senderNumber,
    wallet_number: payment.walletNumber,
    failure_reason: payment.failureReason,
    review_reason: payment.reviewReason,
    created_at: payment.createdAt,
    completed_at: payment.completedAt,
  };
}

function renderProposal(proposal: CreditProposal | null): object | null {
  if (proposal === null) return null;
  const {
    provider,
    trxId,
    amountMinor,
    currency,
    walletNumber,
    senderNumber,
    receivedAt,
    note,
    paymentId,
    caseId,
    proposedBy,
  } = proposal;
  return {
    provider,
    trx_id: trxId,
    amount: formatMinor(amountMinor),
    currency,
    wallet_number: walletNumber,
    sender_number: senderNumber,
    received_at: receivedAt,
    note,
    payment_id: paymentId === null ? null : spelledIn(dialectOfCurrency(currency), paymentId),
    case_id: caseId,
    proposed_by: proposedBy,
  };
}
