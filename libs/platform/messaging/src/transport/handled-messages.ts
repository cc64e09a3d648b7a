import { noMetrics, SECONDS_BUCKETS, type Metrics } from '@paymatch/platform-observability';

/** Counts what consumers take: call with a batch when it is handed over, and what that gives when it is taken. */
export function handledMessages(
  metrics: Metrics = noMetrics,
): (consumer: { readonly group: string; readonly topic: string }, count: number) => () => void {
  const labels = ['group', 'topic'];
  const handled = metrics.counter({
    name: 'paymatch_messages_handled_total',
    help: 'Messages that consumers have taken, handled or parked',
    labels,
  });
  const seconds = metrics.distribution({
    name: 'paymatch_message_batch_seconds',
    help: 'Batches of messages, from being handed over to being taken',
    labels,
    buckets: SECONDS_BUCKETS,
  });
  return ({ group, topic }, count) => {
    const startedMs = performance.now();
    return () => {
      handled.add({ group, topic }, count);
      seconds.observe({ group, topic }, (performance.now() - startedMs) / 1_000);
    };
  };
}
