import * as prometheus from 'prom-client';
import type { Counter, Distribution, Labels, Metrics, MetricSpec, Reading } from './metrics.js';

/** What one gauge says. */
export interface Figure {
  readonly name: string;
  readonly labels: Labels;
  readonly value: number;
}

type Read = () => Promise<readonly Reading[]> | readonly Reading[];

/** A figure that is not there in time is left out: whoever watches must be answered while the database hangs. */
const READ_TIMEOUT_MS = 3_000;
const UNREAD = 'paymatch_metrics_unread';
/** How often the event loop is looked at; the default of 10 ms keeps half a percent of a core busy for nothing. */
const EVENT_LOOP_LOOK_MS = 50;

/** The figures of one process in Prometheus' text format. */
export class PrometheusMetrics implements Metrics {
  private readonly registry = new prometheus.Registry();
  private readonly readers = new Map<string, Set<Read>>();
  private readonly gauges = new Map<string, prometheus.Gauge>();
  private rendering: Promise<string> | undefined;

  constructor(labels: Labels = {}) {
    this.registry.setDefaultLabels(labels);
    prometheus.collectDefaultMetrics({ register: this.registry, eventLoopMonitoringPrecision: EVENT_LOOP_LOOK_MS });
    this.gauges.set(
      UNREAD,
      this.gaugeOf({
        name: UNREAD,
        help: 'Parts that could not tell this figure when it was asked for',
        labels: ['metric'],
      }),
    );
  }

  readonly contentType = prometheus.Registry.PROMETHEUS_CONTENT_TYPE;

  counter(spec: MetricSpec): Counter {
    const known = this.registry.getSingleMetric(spec.name) as prometheus.Counter | undefined;
    const counter = known ?? new prometheus.Counter({ ...shape(spec), registers: [this.registry] });
    return { add: (labels, count = 1) => counter.inc(labels, count) };
  }

  distribution(spec: MetricSpec & { readonly buckets: readonly number[] }): Distribution {
    const known = this.registry.getSingleMetric(spec.name) as prometheus.Histogram | undefined;
    const histogram =
      known ?? new prometheus.Histogram({ ...shape(spec), buckets: [...spec.buckets], registers: [this.registry] });
    return { observe: (labels, value) => histogram.observe(labels, value) };
  }

  gauge(spec: MetricSpec, read: Read): () => void {
    const readers = this.readers.get(spec.name) ?? new Set<Read>();
    this.readers.set(spec.name, readers.add(read));
    if (!this.gauges.has(spec.name)) this.gauges.set(spec.name, this.gaugeOf(spec));
    return () => void readers.delete(read);
  }

  /** Some gauges as they are now; what cannot be told in time is left out. */
  async figures(names: readonly string[]): Promise<readonly Figure[]> {
    const readings = await Promise.all(
      names.flatMap((name) =>
        [...(this.readers.get(name) ?? [])].map(async (read): Promise<readonly Figure[]> => {
          const [outcome] = await Promise.allSettled([inTime(read)]);
          if (outcome.status === 'rejected') return [];
          return outcome.value.map(({ labels = {}, value }) => ({ name, labels, value }));
        }),
      ),
    );
    return readings.flat();
  }

  /** Those who ask at the same time get the same answer: it costs statements. */
  render(): Promise<string> {
    this.rendering ??= this.read().finally(() => {
      this.rendering = undefined;
    });
    return this.rendering;
  }

  private async read(): Promise<string> {
    const unread = this.gauges.get(UNREAD)!;
    unread.reset();
    await Promise.all(
      [...this.readers].map(async ([name, readers]) => {
        const outcomes = await Promise.allSettled([...readers].map((read) => inTime(read)));
        const gauge = this.gauges.get(name)!;
        gauge.reset();
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected') unread.inc({ metric: name });
          else for (const { labels = {}, value } of outcome.value) gauge.set(labels, value);
        }
      }),
    );
    return this.registry.metrics();
  }

  private gaugeOf(spec: MetricSpec): prometheus.Gauge {
    return new prometheus.Gauge({ ...shape(spec), registers: [this.registry] });
  }
}

function shape({ name, help, labels = [] }: MetricSpec): { name: string; help: string; labelNames: string[] } {
  return { name, help, labelNames: [...labels] };
}

async function inTime(read: Read): Promise<readonly Reading[]> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('not read in time')), READ_TIMEOUT_MS);
  });
  try {
    return await Promise.race([read(), deadline]);
  } finally {
    clearTimeout(timer);
  }
}
