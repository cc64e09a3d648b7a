import { DomainError, type PaymentErrorCode } from './domain-error.js';
import type {
  BringExpiryForward,
  ConfirmCredit,
  FailPayment,
  PaymentCommand,
  RecordRefund,
  RecordReturn,
  ReportMissingMessage,
  RequireReview,
  ResolveReview,
  SimulateOutcome,
  SubmitTrx,
} from './payment.commands.js';
import { erasePersonalData } from './personal-data.js';
import type { PaymentEvent, ReviewReason } from './payment.events.js';
import { evolve, initialState, isAbout, isPastExpiry, type PaymentState } from './payment.state.js';

/** A customer may correct a mistyped TrxID a few times, not guess for ever. */
export const trxAttemptsMax = 5;

type Existing = Exclude<PaymentState, { status: 'none' }>;
type Decision = readonly PaymentEvent[];
const nothing: Decision = [];

function reject(code: PaymentErrorCode, details: Readonly<Record<string, unknown>> = {}): never {
  throw new DomainError(code, details);
}

/** Refuses a command nobody should have sent; records an outcome somebody must see; repeats cost nothing. */
export function decide(command: PaymentCommand, state: PaymentState): Decision {
  if (command.type === 'CreatePayment') {
    if (state.status !== 'none') return nothing;
    if (!Number.isSafeInteger(command.amountMinor) || command.amountMinor <= 0)
      reject('INVALID_COMMAND', { amountMinor: command.amountMinor });
    if (Date.parse(command.expiresAt) <= Date.parse(command.now))
      reject('INVALID_COMMAND', { expiresAt: command.expiresAt });
    const { type: _type, now, pretended, ...facts } = command;
    const created = { type: 'PaymentCreated', at: now, ...facts } as const;
    if (pretended === undefined) return [created];
    return [created, ...decide({ type: 'SimulateOutcome', now, ...pretended }, evolve(initialState, created))];
  }
  if (state.status === 'none') return reject('PAYMENT_NOT_FOUND');
  switch (command.type) {
    case 'SubmitTrx':
      return submitTrx(command, state);
    case 'ConfirmCredit':
      return confirmCredit(command, state);
    case 'FailPayment':
      return failPayment(command, state);
    case 'ExpirePayment':
      // Only a customer who never sent a TrxID is timed out: a submitted one stops the clock.
      return state.status === 'pending' && isPastExpiry(state.expiresAt, command.now)
        ? [{ type: 'PaymentExpired', at: command.now }]
        : nothing;
    case 'BringExpiryForward':
      return bringExpiryForward(command, state);
    case 'RequireReview':
      return requireReview(command, state);
    case 'ReportMissingMessage':
      return reportMissingMessage(command, state);
    case 'ResolveReview':
      return resolveReview(command, state);
    case 'SimulateOutcome':
      return simulateOutcome(command, state);
    case 'RecordRefund':
      return recordRefund(command, state);
    case 'RecordReturn':
      return recordReturn(command, state);
    case 'ErasePersonalData':
      return erasePersonalData(command, state);
  }
}

/** Time moves on in test mode only. What ends by it ends now: nothing here happened before it was asked for. */
function bringExpiryForward({ now, byMs }: BringExpiryForward, state: Existing): Decision {
  if (state.livemode) reject('LIVE_PAYMENT_CANNOT_BE_SIMULATED');
  if (!Number.isSafeInteger(byMs) || byMs <= 0) reject('INVALID_COMMAND', { byMs });
  if (state.status !== 'pending') return nothing;
  const expiresAtMs = Date.parse(state.expiresAt) - byMs;
  if (expiresAtMs > Date.parse(now))
    return [{ type: 'ExpiryBroughtForward', at: now, expiresAt: new Date(expiresAtMs).toISOString() }];
  return [
    { type: 'ExpiryBroughtForward', at: now, expiresAt: now },
    { type: 'PaymentExpired', at: now },
  ];
}

function submitTrx(command: SubmitTrx, state: Existing): Decision {
  if (state.status === 'expired') reject('PAYMENT_EXPIRED');
  if (state.status !== 'pending' && state.status !== 'awaiting_verification')
    reject('PAYMENT_CLOSED', { status: state.status });
  if (state.status === 'pending' && isPastExpiry(state.expiresAt, command.now)) reject('PAYMENT_EXPIRED');
  if (state.status === 'awaiting_verification' && isSameSubmission(command, state)) return nothing;
  if (state.trxAttempts >= trxAttemptsMax) reject('TRX_ATTEMPTS_EXHAUSTED', { attemptsMax: trxAttemptsMax });
  return [
    {
      type: 'TrxSubmitted',
      at: command.now,
      provider: command.provider,
      trxId: command.trxId,
      senderNumber: command.senderNumber,
      walletNumber: command.walletNumber,
    },
  ];
}

function isSameSubmission(command: SubmitTrx, last: Existing & { status: 'awaiting_verification' }): boolean {
  return (
    last.trxId === command.trxId &&
    last.provider === command.provider &&
    last.walletNumber === command.walletNumber &&
    last.senderNumber === command.senderNumber
  );
}

function confirmCredit(command: ConfirmCredit, state: Existing): Decision {
  if (state.status === 'completed' && state.creditId === command.creditId) return nothing;
  if (command.isCreditUsed) return creditAlreadyUsed(command, state);
  // A second real transfer for a paid order belongs to the customer: somebody must send it back.
  if (state.status === 'completed') return review('already_paid', command, state);
  const isClosed =
    state.status === 'failed' ||
    state.status === 'expired' ||
    (state.status === 'pending' && isPastExpiry(state.expiresAt, command.now));
  if (command.decidedBy === null) {
    // The shop may have sold the goods to somebody else by now: money never revives a closed payment on its own.
    if (isClosed) return review('late_money', command, state);
    if (Math.abs(command.amountMinor - state.amountMinor) > command.toleranceMinor)
      return review('amount_mismatch', command, state);
    // The customer has corrected the TrxID since this one was matched: two transfers may be on their way.
    if (state.status === 'awaiting_verification' && command.trxId !== null && command.trxId !== state.trxId)
      return review('ambiguous_claim', command, state);
  }
  return [
    {
      type: 'PaymentCompleted',
      at: command.now,
      creditId: command.creditId,
      claimKey: command.claimKey,
      receivedMinor: command.amountMinor,
      provider: command.provider,
      trxId: command.trxId,
      senderNumber: command.senderNumber,
      walletNumber: command.walletNumber,
      decidedBy: command.decidedBy,
    },
  ];
}

/** This money has completed another payment: who waits for the same TrxID cannot be paid by it. */
function creditAlreadyUsed(command: ConfirmCredit, state: Existing): Decision {
  if (command.decidedBy !== null) return reject('CREDIT_ALREADY_USED', { creditId: command.creditId });
  if (state.status !== 'awaiting_verification' || state.trxId !== command.trxId) return nothing;
  return [{ type: 'PaymentFailed', at: command.now, reason: 'duplicate_trx_id', decidedBy: null }];
}

function failPayment(command: FailPayment, state: Existing): Decision {
  if (state.status === 'failed') return nothing;
  const { now: at, reason, decidedBy } = command;
  const failed: Decision = [{ type: 'PaymentFailed', at, reason, decidedBy, ...noteOf(command) }];
  switch (command.reason) {
    case 'duplicate_trx_id':
      return state.status === 'awaiting_verification' && state.trxId === command.trxId ? failed : nothing;
    case 'cancelled_by_customer':
      // Once a TrxID is in, money is probably under way: the customer may correct the id, not walk away from it.
      if (state.status !== 'pending') return reject('PAYMENT_CLOSED', { status: state.status });
      return isPastExpiry(state.expiresAt, command.now) ? reject('PAYMENT_EXPIRED') : failed;
    case 'rejected_by_admin':
      return state.status === 'pending' || state.status === 'awaiting_verification'
        ? failed
        : reject('PAYMENT_CLOSED', { status: state.status });
  }
}

function requireReview(command: RequireReview, state: Existing): Decision {
  const reason =
    state.status === 'completed'
      ? 'already_paid'
      : state.status === 'failed' || state.status === 'expired'
        ? 'late_money'
        : command.reason;
  return review(reason, { now: command.now, creditId: command.creditId, amountMinor: command.receivedMinor }, state);
}

function reportMissingMessage(command: ReportMissingMessage, state: Existing): Decision {
  const isWaited = state.status === 'awaiting_verification' && state.trxId === command.trxId;
  if (!isWaited || state.reviews.some((review) => isAbout(review, null))) return nothing;
  return [{ type: 'MessageMissing', at: command.now, trxId: command.trxId }];
}

/** Told of a review it never asked for, or whose end it knows, a payment has nothing to say. */
function resolveReview(command: ResolveReview, state: Existing): Decision {
  const { now, creditId, resolution, decidedBy } = command;
  const remaining = state.reviews.filter((review) => !isAbout(review, creditId));
  if (remaining.length === state.reviews.length) return nothing;
  const remainingReason = (remaining.at(-1)?.split(':').at(-1) ?? null) as ReviewReason | null;
  return [{ type: 'ReviewResolved', at: now, creditId, resolution, remainingReason, decidedBy }];
}

function review(
  reason: ReviewReason,
  credit: { readonly now: string; readonly creditId: string; readonly amountMinor: number },
  state: Existing,
): Decision {
  if (state.reviews.includes(`${credit.creditId}:${reason}`)) return nothing;
  return [
    {
      type: 'ReviewRequired',
      at: credit.now,
      reason,
      creditId: credit.creditId,
      expectedMinor: state.amountMinor,
      receivedMinor: credit.amountMinor,
    },
  ];
}

function simulateOutcome(command: SimulateOutcome, state: Existing): Decision {
  if (state.livemode) reject('LIVE_PAYMENT_CANNOT_BE_SIMULATED');
  // As if one poisha too few had come: a person must look, and the payment stays open.
  if (command.outcome === 'review') {
    const { now, creditId } = command;
    return requireReview(
      {
        ...command,
        type: 'RequireReview',
        reason: 'amount_mismatch',
        receivedMinor: Math.max(1, state.amountMinor - 1),
        now,
        creditId,
      },
      state,
    );
  }
  const target = { complete: 'completed', fail: 'failed', expire: 'expired' } as const;
  if (state.status === target[command.outcome]) return nothing;
  if (state.status !== 'pending' && state.status !== 'awaiting_verification')
    reject('PAYMENT_CLOSED', { status: state.status });
  switch (command.outcome) {
    case 'fail':
      return [{ type: 'PaymentFailed', at: command.now, reason: 'rejected_by_admin', decidedBy: 'test mode' }];
    case 'expire':
      return [{ type: 'PaymentExpired', at: command.now }];
    case 'complete': {
      const submitted = state.status === 'awaiting_verification' ? state : null;
      return [
        {
          type: 'PaymentCompleted',
          at: command.now,
          creditId: command.creditId,
          claimKey: `simulated:${command.creditId}`,
          receivedMinor: state.amountMinor,
          provider: submitted?.provider ?? 'test',
          trxId: submitted?.trxId ?? null,
          senderNumber: null,
          walletNumber: null,
          decidedBy: 'test mode',
        },
      ];
    }
  }
}

function recordRefund(command: RecordRefund, state: Existing): Decision {
  if (state.status !== 'completed') return reject('PAYMENT_NOT_REFUNDABLE', { status: state.status });
  const remainingMinor = state.amountMinor - state.refundedMinor;
  if (remainingMinor === 0) reject('PAYMENT_NOT_REFUNDABLE', { status: 'refunded' });
  const amountMinor = command.amountMinor ?? remainingMinor;
  if (!Number.isSafeInteger(amountMinor) || amountMinor <= 0) reject('INVALID_COMMAND', { amountMinor });
  if (amountMinor > remainingMinor) reject('REFUND_EXCEEDS_REMAINING', { remainingMinor });
  const { now: at, refundId, source } = command;
  return [{ type: 'RefundRecorded', at, refundId, amountMinor, source, ...noteOf(command) }];
}

function noteOf({ note }: { readonly note?: string }): { readonly note?: string } {
  return note === undefined ? {} : { note };
}

/** A credit that completed nothing here, or another payment by now, is none of this payment's. */
function recordReturn(command: RecordReturn, state: Existing): Decision {
  if (!Number.isSafeInteger(command.amountMinor) || command.amountMinor <= 0)
    reject('INVALID_COMMAND', { amountMinor: command.amountMinor });
  if (state.status !== 'completed' || state.creditId !== command.creditId || state.returnIds.includes(command.returnId))
    return nothing;
  return [
    {
      type: 'MoneyReturned',
      at: command.now,
      creditId: command.creditId,
      returnId: command.returnId,
      amountMinor: command.amountMinor,
      reason: command.reason,
    },
  ];
}
