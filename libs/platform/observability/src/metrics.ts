/** Names and values that tell figures of one name apart. Few values each: every combination is kept for ever. */
export type Labels = Readonly<Record<string, string>>;

export interface MetricSpec<Label extends string = string> {
  /** Begins with `paymatch_` and ends with its unit; `_total` where it only grows. */
  readonly name: string;
  /** One line for whoever reads the figure. */
  readonly help: string;
  readonly labels?: readonly Label[];
}

/** One figure of a gauge, or of a counter that is kept elsewhere. */
export interface Reading {
  readonly labels?: Labels;
  readonly value: number;
}

export interface Counter {
  add(labels: Labels, count?: number): void;
}

export interface Distribution {
  observe(labels: Labels, value: number): void;
}

/** Where running parts tell their figures. Asked twice for one name, it gives the same one. */
export interface Metrics {
  counter(spec: MetricSpec): Counter;
  /** `buckets`: upper bounds, growing. */
  distribution(spec: MetricSpec & { readonly buckets: readonly number[] }): Distribution;
  /**
   * A figure that is looked up only when somebody asks for it. Several parts may tell of one name; one that fails then
   * is left out and counted in `paymatch_metrics_unread`. Gives what takes it out again.
   */
  gauge(spec: MetricSpec, read: () => Promise<readonly Reading[]> | readonly Reading[]): () => void;
}

/** What waits in this process for its turn. */
export function watchQueues(metrics: Metrics, read: () => Readonly<Record<string, number>>): void {
  metrics.gauge(
    { name: 'paymatch_queue_depth', help: 'What waits in this process for its turn', labels: ['queue'] },
    () => Object.entries(read()).map(([queue, value]) => ({ labels: { queue }, value })),
  );
}

/** For whoever runs a part alone. */
export const noMetrics: Metrics = {
  counter: () => ({ add: () => undefined }),
  distribution: () => ({ observe: () => undefined }),
  gauge: () => () => undefined,
};

/** Seconds, from what nobody notices to what everybody does. */
export const SECONDS_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
