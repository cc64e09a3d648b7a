import type { PaymentReply } from '@paymatch/contracts';
import { Refusal, RequestUnavailable } from '@paymatch/platform-messaging';
import { noMetrics, SECONDS_BUCKETS, watchQueues, type Metrics } from '@paymatch/platform-observability';
import type { CommandMessage } from './payment-unit-of-work.js';

const BATCH_BUCKETS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];
/** Seconds: from what a customer takes for at once to what a shop is called about. */
const MATCH_BUCKETS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900, 3_600];

/** What the payments service tells of its work. */
export class PaymentMeasures {
  private readonly commands;
  private readonly decisions;
  private readonly batchSize;
  private readonly appendSeconds;
  private readonly completedSeconds;

  constructor(private readonly metrics: Metrics = noMetrics) {
    this.commands = metrics.counter({
      name: 'paymatch_commands_total',
      help: 'Payment commands carried out, by how they ended',
      labels: ['type', 'outcome'],
    });
    this.decisions = metrics.counter({
      name: 'paymatch_events_appended_total',
      help: 'What was decided: events of payments, appended',
      labels: ['type'],
    });
    this.batchSize = metrics.distribution({
      name: 'paymatch_command_batch_size',
      help: 'Payment commands that were decided and committed together',
      buckets: BATCH_BUCKETS,
    });
    this.appendSeconds = metrics.distribution({
      name: 'paymatch_append_seconds',
      help: 'Appends to the event store, each one commit',
      buckets: SECONDS_BUCKETS,
    });
    this.completedSeconds = metrics.distribution({
      name: 'paymatch_sms_to_completed_seconds',
      help: 'From when a message told of the money to the payment completed by it (a customer who typed the TrxID later included)',
      buckets: MATCH_BUCKETS,
    });
  }

  watchQueue(depth: () => number): void {
    watchQueues(this.metrics, () => ({ 'payments.commands': depth() }));
  }

  batch(messages: readonly CommandMessage[], results: readonly PromiseSettledResult<PaymentReply>[]): void {
    this.batchSize.observe({}, messages.length);
    results.forEach((result, index) =>
      this.commands.add({ type: messages[index]!.data.type, outcome: outcomeOf(result) }),
    );
  }

  /** Call before an append, and what that gives after it. */
  append(types: readonly string[]): () => void {
    const startedMs = performance.now();
    return () => {
      this.appendSeconds.observe({}, (performance.now() - startedMs) / 1_000);
      for (const type of types) this.decisions.add({ type });
    };
  }

  completed(receivedAt: string, nowMs: number): void {
    this.completedSeconds.observe({}, Math.max(0, nowMs - Date.parse(receivedAt)) / 1_000);
  }
}

function outcomeOf(result: PromiseSettledResult<PaymentReply>): string {
  if (result.status === 'fulfilled') return result.value.outcome;
  if (result.reason instanceof Refusal) return 'refused';
  return result.reason instanceof RequestUnavailable ? 'unavailable' : 'failed';
}
