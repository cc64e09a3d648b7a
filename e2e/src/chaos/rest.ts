import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';

/** Nothing has changed for so long: whatever was to happen has happened. */
const QUIET_MS = 2_000;
const LOOK_MS = 250;

/** What is unlike rest, as one number for each sort; and what changes while work goes on. */
const LOOK = `SELECT
  (SELECT count(*)
     FROM (SELECT stream_id, max(stream_version) AS last,
                  max(stream_version) FILTER (WHERE type IN ('TrxSubmitted', 'PaymentCompleted')) AS matchable
             FROM payments.events GROUP BY 1) e
     LEFT JOIN gateway.payments_v1 r ON r.id = e.stream_id
     LEFT JOIN sms_matching.payment_versions m ON m.payment_id = e.stream_id::text
    WHERE r.version IS DISTINCT FROM e.last OR coalesce(m.version, 0) < e.matchable) AS unread,
  (SELECT count(*) FROM webhook_dispatch.schedule) AS unsent,
  (SELECT count(*) FROM sms_matching.claims c JOIN sms_matching.credits k USING (slot_key)
    WHERE c.status = 'open' AND k.status IN ('open', 'matched') AND c.amount_minor = k.amount_minor) AS unmatched,
  (SELECT count(*) FROM payments.events) AS events,
  (SELECT count(*) FROM webhook_dispatch.deliveries) AS deliveries,
  (SELECT count(*) FROM sms_matching.raw_messages) AS messages,
  (SELECT count(*) FROM sms_matching.review_cases) AS cases`;

/** The waits between attempts are over at once: what took minutes is none of what is tried here. */
const DUE_NOW = [
  `UPDATE webhook_dispatch.receivers SET paused_until = now() WHERE paused_until > now()`,
  `UPDATE webhook_dispatch.schedule SET due_at = now() WHERE due_at > now() AND lease_id IS NULL`,
];

export interface Rest {
  /** It came within the time. */
  readonly isAtRest: boolean;
  readonly tookMs: number;
  readonly left: Readonly<Record<string, number>>;
}

/** Lets the system do what is left, for so long at most. */
export async function comeToRest(databaseUrl: string, maxMs: number): Promise<Rest> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const beganMs = Date.now();
  try {
    let [last, sinceMs] = ['', Date.now()];
    for (;;) {
      for (const statement of DUE_NOW) await client.query(statement);
      const { rows } = await client.query<Record<string, string>>(LOOK);
      const left = Object.fromEntries(Object.entries(rows[0]!).map(([name, count]) => [name, Number(count)]));
      const now = JSON.stringify(left);
      if (now !== last) [last, sinceMs] = [now, Date.now()];
      const isDone = left.unread === 0 && left.unsent === 0 && left.unmatched === 0;
      const tookMs = Date.now() - beganMs;
      if (isDone && Date.now() - sinceMs >= QUIET_MS) return { isAtRest: true, tookMs, left };
      if (tookMs > maxMs) return { isAtRest: false, tookMs, left };
      await sleep(LOOK_MS);
    }
  } finally {
    await client.end();
  }
}
