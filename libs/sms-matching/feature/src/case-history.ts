/** What may happen to a review case. Its state is nothing but this history, read in order. */
export type CaseAction =
  | 'opened' | 'reopened' | 'claimed' | 'assigned' | 'assignment_refused' | 'ignored' | 'matched' | 'completed';

export interface CaseEvent {
  readonly at: string;
  readonly actor: string;
  readonly action: CaseAction;
  /** For `opened` and `reopened` the reason; for `assigned` and `claimed` the payment; for `ignored` the operator's words. */
  readonly note: string | null;
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
    case 'completed': {
      if (state === null) throw new Error(`a case's history begins with ${event.action}`);
      return { ...state, status: 'closed', resolution: event.action, closedAt: event.at };
    }
    case 'claimed':
    case 'assigned':
    case 'assignment_refused':
    case 'matched': {
      if (state === null) throw new Error(`a case's history begins with ${event.action}`);
      return state;
    }
  }
}

/** The actor of whatever no person did. */
export const systemActor = 'system';
