import type { KeptTable } from '@paymatch/platform-postgres';

const DAY_MS = 86_400_000;
const emptied = `body = '', reading = '{}', earlier_readings = '[]'`;
const RULE = `FROM sms_matching.message_keeping rule
  WHERE rule.merchant_id = raw_messages.merchant_id AND rule.livemode = raw_messages.livemode`;

/**
 * Texts of messages, once they are old enough: emptied, not removed, since a phone may hand one over again, and it must
 * be known then. The installation's rule is for what told of no incoming money (a code, an advertisement, money that
 * went out) of shops without a rule of their own; a shop's own is for all that waits for nobody, whose facts its credit
 * has. What nobody understood stays, and so does the text of money that is not decided: money that arrived is always
 * somewhere a person can see it.
 */
export function keptMessages({ messagesKeptDays }: { readonly messagesKeptDays: number }): readonly KeptTable[] {
  const ofShops: KeptTable = {
    table: 'sms_matching.raw_messages',
    keptMs: 0,
    isOld: `length(body) > 0 AND is_unknown IS NOT TRUE
      AND arrived_at < $1::timestamptz - (SELECT rule.kept_days ${RULE}) * interval '1 day'
      AND (outcome IN ('credit', 'debit', 'neutral')
        OR EXISTS (SELECT FROM sms_matching.case_messages link WHERE link.raw_id = raw_messages.raw_id))
      AND NOT EXISTS (SELECT FROM sms_matching.credit_messages link JOIN sms_matching.credits USING (credit_id)
        LEFT JOIN sms_matching.review_cases ON review_cases.credit_id = credits.credit_id
        WHERE link.raw_id = raw_messages.raw_id
          AND (credits.status NOT IN ('consumed', 'ignored') OR review_cases.status = 'open'))
      AND NOT EXISTS (SELECT FROM sms_matching.case_messages link JOIN sms_matching.review_cases USING (case_id)
        WHERE link.raw_id = raw_messages.raw_id AND review_cases.status = 'open')`,
    set: emptied,
  };
  if (messagesKeptDays === 0) return [ofShops];
  const ofOthers: KeptTable = {
    table: 'sms_matching.raw_messages',
    keptMs: messagesKeptDays * DAY_MS,
    isOld: `arrived_at < $1 AND outcome IN ('debit', 'neutral') AND is_unknown IS NOT TRUE AND length(body) > 0
      AND NOT EXISTS (SELECT ${RULE})
      AND NOT EXISTS (SELECT FROM sms_matching.credit_messages link WHERE link.raw_id = raw_messages.raw_id)
      AND NOT EXISTS (SELECT FROM sms_matching.case_messages link WHERE link.raw_id = raw_messages.raw_id)`,
    set: emptied,
  };
  return [ofShops, ofOthers];
}
