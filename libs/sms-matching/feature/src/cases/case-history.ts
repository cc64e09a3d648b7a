/** What may happen to a review case. Its state is nothing but this history, read in order. */
export type CaseAction =
  | 'opened'
  | 'reopened'
  | 'claimed'
  | 'assigned'
  | 'assignment_refused'
  | 'ignored'
  | 'matched'
  | 'completed'
  | 'proposed'
  | 'confirmed'
  | 'entered'
  | 'payment_rejected'
  | 'rejected'
  | 'replaced'
  | 'reparsed'
  | 'arrived'
  | 'withdrawn';

export interface CaseEvent {
  readonly at: string;
  readonly actor: string;
  readonly action: CaseAction;
  /**
   * For `opened` and `reopened` the reason; for `assigned` and `claimed` the payment; for `replaced` the case, or the
   * credit, of the money that was found in it; for `reparsed` what the message was read as; for what else a person did
   * their words.
   */
  readonly note: string | null;
  /** For `payment_rejected` the payment. */
  readonly paymentId?: string | null;
  readonly commandId: string | null;
}

export interface CaseState {
  readonly status: 'open' | 'closed';
  readonly reason: string;
  readonly resolution: string | null;
  readonly closedAt: string | null;
}

/** The state after one more event. */
export function evolveCase(state: CaseState | null, event: CaseEvent): CaseState {
  switch (event.action) {
    case 'opened':
    case 'reopened':
      return { status: 'open', reason: event.note ?? state?.reason ?? 'unknown', resolution: null, closedAt: null };
    case 'ignored':
    case 'rejected':
    case 'replaced':
    case 'reparsed':
    case 'arrived':
    case 'withdrawn':
    case 'completed': {
      if (state === null) throw new Error(`a case's history begins with ${event.action}`);
      return { ...state, status: 'closed', resolution: event.action, closedAt: event.at };
    }
    // Two persons stand for it: from here on it is money like any other that was entered.
    case 'confirmed': {
      if (state === null) throw new Error(`a case's history begins with ${event.action}`);
      return { ...state, reason: enteredByHand };
    }
    case 'proposed':
    case 'entered':
    case 'payment_rejected':
    case 'claimed':
    case 'assigned':
    case 'assignment_refused':
    case 'matched': {
      if (state === null) throw new Error(`a case's history begins with ${event.action}`);
      return state;
    }
  }
}

/** The reason of a case that is there because a person added its credit. */
export const enteredByHand = 'entered_by_hand';

/** The reason of a case that is there because no message tells of a submitted TrxID. */
export const messageMissing = 'message_missing';

/** The actor of whatever no person did. */
export const systemActor = 'system';
