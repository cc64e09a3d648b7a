import {
  noMetrics,
  SECONDS_BUCKETS,
  type Counter,
  type Distribution,
  type Metrics,
} from '@paymatch/platform-observability';
import type { SqlRunner } from '@paymatch/platform-postgres';
import type { FinishedAttempt } from './recorded-attempt.js';

/** Beyond it nobody needs to know how many. */
const COUNTED_MAX = 10_000;

/** What the webhook service tells of its work. */
export class WebhookMeasures {
  private readonly attempts: Counter;
  private readonly seconds: Distribution;

  constructor(private readonly metrics: Metrics = noMetrics) {
    this.attempts = metrics.counter({
      name: 'paymatch_webhook_attempts_total',
      help: 'Attempts to deliver a webhook, by what becomes of the delivery and by what the receiver answered',
      labels: ['outcome', 'answer'],
    });
    this.seconds = metrics.distribution({
      name: 'paymatch_webhook_attempt_seconds',
      help: 'How long receivers take to answer, or attempts to fail',
      buckets: SECONDS_BUCKETS,
    });
  }

  attempt({ result, durationMs }: FinishedAttempt, outcome: string): void {
    const answer = result.kind === 'answered' ? `${Math.floor(result.httpStatus / 100)}xx` : 'none';
    this.attempts.add({ outcome, answer });
    this.seconds.observe({}, durationMs / 1_000);
  }

  /** What is unfinished, as all dispatchers together have it. */
  watchSchedule(sql: SqlRunner): void {
    this.metrics.gauge(
      {
        name: 'paymatch_webhooks_unfinished',
        help: 'Deliveries that are not over, counted up to 10,000: due, sent (leased), waiting for a retry, held or behind an earlier one',
        labels: ['state'],
      },
      async () => {
        const { rows } = await sql.query<Record<'due' | 'sent' | 'waiting' | 'held', number>>(
          `SELECT count(*) FILTER (WHERE due_at <= now() AND lease_id IS NULL) AS due,
                  count(*) FILTER (WHERE lease_id IS NOT NULL) AS sent,
                  count(*) FILTER (WHERE due_at > now() AND lease_id IS NULL) AS waiting,
                  count(*) FILTER (WHERE due_at IS NULL) AS held
             FROM (SELECT due_at, lease_id FROM webhook_dispatch.schedule LIMIT ${COUNTED_MAX}) counted`,
        );
        return Object.entries(rows[0]!).map(([state, value]) => ({ labels: { state }, value }));
      },
    );
  }
}
