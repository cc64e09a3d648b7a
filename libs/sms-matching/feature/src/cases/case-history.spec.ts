import { evolveCase, type CaseAction, type CaseEvent, type CaseState } from './case-history.js';

const event = (action: CaseAction, note: string | null = null, at = '2026-08-14T05:00:00.000Z'): CaseEvent => ({
  at,
  actor: 'system',
  action,
  note,
  commandId: null,
});
const after = (...events: readonly CaseEvent[]): CaseState | null => events.reduce<CaseState | null>(evolveCase, null);

describe('a review case', () => {
  it('is open from its first event, for its reason', () => {
    expect(after(event('opened', 'unmatched_credit'))).toEqual({
      status: 'open',
      reason: 'unmatched_credit',
      resolution: null,
      closedAt: null,
    });
  });

  it.each(['claimed', 'assigned', 'assignment_refused', 'matched'] as const)(
    'stays as it is when something is %s',
    (action) => {
      expect(after(event('opened', 'late_money'), event(action, 'x'))).toEqual(after(event('opened', 'late_money')));
    },
  );

  it.each(['ignored', 'completed'] as const)('is closed once it is %s, and keeps its reason', (action) => {
    expect(after(event('opened', 'late_money'), event(action, null, '2026-08-15T00:00:00.000Z'))).toEqual({
      status: 'closed',
      reason: 'late_money',
      resolution: action,
      closedAt: '2026-08-15T00:00:00.000Z',
    });
  });

  it('opens again for a new reason', () => {
    expect(
      after(event('opened', 'unmatched_credit'), event('ignored'), event('reopened', 'claimed_after_decision')),
    ).toEqual({ status: 'open', reason: 'claimed_after_decision', resolution: null, closedAt: null });
  });

  it.each(['assigned', 'ignored', 'completed'] as const)('cannot begin with being %s', (action) => {
    expect(() => after(event(action))).toThrow('begins with');
  });
});
