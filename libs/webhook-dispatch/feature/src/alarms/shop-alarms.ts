import {
  installationAlarmTypes,
  installationOwner,
  raisedAlarmTypes,
  type CreditEvent,
  type RaiseAlarms,
} from '@paymatch/contracts';
import type { CommandContext } from '../endpoints/command-context.js';
import { invalid } from '../endpoints/command-context.js';
import { insertAlarms, type NewAlarm } from './alarm.store.js';

const DAY_MS = 86_400_000;
const RAISED_MAX = 100;
const OCCASION_MAX = 200;

/**
 * New cases. One of more than a day ago is old news: nobody must be told of a history that is read for the first time.
 */
export function caseAlarms(events: readonly CreditEvent[], nowMs: number): readonly NewAlarm[] {
  return events.flatMap((event) => {
    if (event.type !== 'credits.review-case-opened' || nowMs - Date.parse(event.occurredAt) > DAY_MS) return [];
    const { merchantId, livemode, caseId, reason } = event;
    return [
      {
        type: 'case.opened',
        merchantId,
        livemode,
        endpointId: null,
        details: { caseId, reason },
        occasion: `case:${caseId}`,
      },
    ];
  });
}

/** What another service has noticed. The same occasion is told of once, however often it is raised. */
export async function raiseAlarms(command: RaiseAlarms, context: CommandContext): Promise<{ readonly raised: number }> {
  const { merchantId, livemode, alarms } = command;
  if (!Array.isArray(alarms) || alarms.length > RAISED_MAX) throw invalid('alarms');
  const known: readonly string[] =
    merchantId === installationOwner.merchantId ? installationAlarmTypes : raisedAlarmTypes;
  const isGood = ({ alarm, occasion }: RaiseAlarms['alarms'][number]): boolean =>
    known.includes(alarm) && typeof occasion === 'string' && occasion.length <= OCCASION_MAX;
  if (!alarms.every(isGood)) throw invalid('alarms');
  const fresh = alarms.map(({ alarm, details, occasion }): NewAlarm => ({
    type: alarm,
    merchantId,
    livemode,
    endpointId: null,
    details,
    occasion: `${alarm}:${merchantId}:${livemode ? 'live' : 'test'}:${occasion}`,
  }));
  await context.database.transaction((tx) => insertAlarms(tx, fresh, context.nowMs));
  return { raised: fresh.length };
}
