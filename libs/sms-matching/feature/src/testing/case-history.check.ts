import { evolveCase, type CaseEvent, type CaseState } from '../cases/case-history.js';
import type { MatchingWorld } from './matching-world.js';

/** Whatever a test did: what is stored of a case is the fold of its events. */
export async function expectCasesToBeTheirHistory(world: MatchingWorld): Promise<void> {
  const { rows: cases } = await world.database.query<{
    case_id: string;
    status: string;
    reason: string;
    resolution: string | null;
    events_count: number;
  }>('SELECT * FROM sms_matching.review_cases');
  for (const stored of cases) {
    const { rows } = await world.database.query<CaseEvent & { at: string }>(
      'SELECT at::text, actor, action, note FROM sms_matching.review_case_events WHERE case_id = $1 ORDER BY event_no',
      [stored.case_id],
    );
    const folded = rows.reduce<CaseState | null>((state, event) => evolveCase(state, event), null);
    expect([stored.status, stored.reason, stored.resolution, stored.events_count]).toEqual([
      folded!.status,
      folded!.reason,
      folded!.resolution,
      rows.length,
    ]);
  }
}
