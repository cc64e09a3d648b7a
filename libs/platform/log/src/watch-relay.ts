import type { Metrics, Readiness } from '@paymatch/platform-observability';

/** How far a relay is behind what is written. */
export interface RelayLag {
  /** Counted up to 10,000. */
  readonly rows: number;
  /** Since the oldest of them was written. */
  readonly seconds: number;
}

export interface WatchedRelay {
  /** Schema and name, so that it tells relays of all services apart. */
  readonly fullName: string;
  lag(): Promise<RelayLag>;
  problems(): readonly string[];
}

/**
 * Lets others see how far a relay is behind, and that this process does not do its work while the relay stands still.
 */
export function watchRelay<Relay extends WatchedRelay>(
  relay: Relay,
  { metrics, readiness }: { readonly metrics: Metrics; readonly readiness: Readiness },
): Relay {
  let asked: Promise<RelayLag> | undefined;
  // Two figures of one look.
  const look = (): Promise<RelayLag> =>
    (asked ??= relay.lag().finally(() => {
      asked = undefined;
    }));
  const of = { relay: relay.fullName };
  metrics.gauge(
    {
      name: 'paymatch_relay_lag_rows',
      help: 'Facts written and not yet published, counted up to 10,000',
      labels: ['relay'],
    },
    async () => [{ labels: of, value: (await look()).rows }],
  );
  metrics.gauge(
    {
      name: 'paymatch_relay_lag_seconds',
      help: 'Since the oldest fact that is not yet published was written',
      labels: ['relay'],
    },
    async () => [{ labels: of, value: (await look()).seconds }],
  );
  readiness.addReadinessCheck(() => relay.problems());
  return relay;
}
