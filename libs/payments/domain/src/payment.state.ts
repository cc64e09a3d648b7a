import type { PaymentEvent } from './payment.events.js';

/** What decisions need to know of a payment, and nothing else. */
export type PaymentState =
  | { readonly status: 'none' }
  | (Open & { readonly status: 'pending' })
  | (Open & {
      readonly status: 'awaiting_verification';
      readonly provider: string;
      readonly trxId: string;
      readonly walletNumber: string;
      readonly senderNumber: string | null;
    })
  | (Known & { readonly status: 'failed' | 'expired' })
  | (Known & {
      readonly status: 'completed';
      readonly creditId: string;
      readonly refundedMinor: number;
      readonly returnIds: readonly string[];
    });

interface Known {
  readonly amountMinor: number;
  readonly livemode: boolean;
  /**
   * `{creditId}:{reason}` of every review that is open, so that a repeat asks nobody twice; of a missing message
   * without a credit.
   */
  readonly reviews: readonly string[];
}

interface Open extends Known {
  readonly expiresAt: string;
  readonly trxAttempts: number;
}

export const initialState: PaymentState = { status: 'none' };

/** Folds one event into the state. Never throws; what it does not know changes nothing. */
export function evolve(state: PaymentState, event: PaymentEvent): PaymentState {
  if (event.type === 'PaymentCreated') {
    return {
      status: 'pending',
      amountMinor: event.amountMinor,
      livemode: event.livemode,
      expiresAt: event.expiresAt,
      trxAttempts: 0,
      reviews: [],
    };
  }
  if (state.status === 'none') return state;
  const known: Known = { amountMinor: state.amountMinor, livemode: state.livemode, reviews: state.reviews };
  switch (event.type) {
    case 'TrxSubmitted': {
      if (state.status !== 'pending' && state.status !== 'awaiting_verification') return state;
      return {
        ...known,
        status: 'awaiting_verification',
        expiresAt: state.expiresAt,
        trxAttempts: state.trxAttempts + 1,
        provider: event.provider,
        trxId: event.trxId,
        walletNumber: event.walletNumber,
        senderNumber: event.senderNumber,
      };
    }
    case 'PaymentCompleted':
      // What spoke against other money is said no more once the payment is paid.
      return { ...known, reviews: [], status: 'completed', creditId: event.creditId, refundedMinor: 0, returnIds: [] };
    case 'PaymentFailed':
      return { ...known, status: 'failed' };
    case 'PaymentExpired':
      return { ...known, status: 'expired' };
    case 'ExpiryBroughtForward':
      return state.status === 'pending' ? { ...state, expiresAt: event.expiresAt } : state;
    case 'ReviewRequired':
      return { ...state, reviews: [...state.reviews, `${event.creditId}:${event.reason}`] };
    case 'MessageMissing':
      return { ...state, reviews: [...state.reviews, ':message_missing'] };
    case 'ReviewResolved':
      return { ...state, reviews: state.reviews.filter((review) => !isAbout(review, event.creditId)) };
    case 'RefundRecorded':
      return state.status === 'completed'
        ? { ...state, refundedMinor: state.refundedMinor + event.amountMinor }
        : state;
    case 'MoneyReturned':
      return state.status === 'completed' ? { ...state, returnIds: [...state.returnIds, event.returnId] } : state;
    default:
      return state;
  }
}

/** Whether another payment may take this one's invoice: nothing was paid, or all of it went back. */
export function releasesInvoice(state: PaymentState, now: string): boolean {
  switch (state.status) {
    case 'none':
    case 'failed':
    case 'expired':
      return true;
    case 'pending':
      return isPastExpiry(state.expiresAt, now);
    case 'awaiting_verification':
      return false;
    case 'completed':
      return state.refundedMinor >= state.amountMinor;
  }
}

/** Whether an open review is about this credit, or about a missing message. */
export function isAbout(review: string, creditId: string | null): boolean {
  return review.startsWith(`${creditId ?? ''}:`);
}

/** The very moment of expiry counts as expired. */
export function isPastExpiry(expiresAt: string, now: string): boolean {
  return Date.parse(now) >= Date.parse(expiresAt);
}
