import type { KeptTable } from '@paymatch/platform-postgres';

const DAY_MS = 86_400_000;

/**
 * Texts of messages that told of no incoming money (a code, an advertisement, money that went out), once they are old
 * enough: emptied, not removed, since a phone may hand one over again, and it must be known then. What told of incoming
 * money, or of something nobody understood, stays: money that arrived is always somewhere a person can see it.
 */
export function keptMessages({ messagesKeptDays }: { readonly messagesKeptDays: number }): readonly KeptTable[] {
  if (messagesKeptDays === 0) return [];
  return [
    {
      table: 'sms_matching.raw_messages',
      keptMs: messagesKeptDays * DAY_MS,
      isOld: `arrived_at < $1 AND outcome IN ('debit', 'neutral') AND is_unknown IS NOT TRUE AND length(body) > 0
        AND NOT EXISTS (SELECT FROM sms_matching.credit_messages link WHERE link.raw_id = raw_messages.raw_id)
        AND NOT EXISTS (SELECT FROM sms_matching.case_messages link WHERE link.raw_id = raw_messages.raw_id)`,
      set: `body = '', reading = '{}', earlier_readings = '[]'`,
    },
  ];
}
