import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags, type Context, type Span } from '@opentelemetry/api';
import type { ReadableSpan, SpanExporter } from '@opentelemetry/sdk-trace-base';
import type { Logger } from './logger.js';
import { readTraceparent } from './trace-context.js';
import { passingOn, type SpanOptions, type TraceSpan, type Tracing } from './tracing.js';

export interface TracingOptions {
  /** Of an OTLP collector over HTTP, without `/v1/traces`; empty: nothing is told to anybody. */
  readonly endpoint: string;
  /** How many of a thousand calls that bring no trace begin one. */
  readonly perMille: number;
  readonly service: string;
  readonly logger: Logger;
}

const EXPORT_TIMEOUT_MS = 5_000;
const EXPORT_EVERY_MS = 1_000;
/** Spans that wait; what comes when it is full is lost, and payments go on. */
const QUEUE_MAX = 8_192;
const BATCH_MAX = 512;
const STOP_MAX_MS = 3_000;

const KINDS: Readonly<Record<SpanOptions['kind'], SpanKind>> = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};

/** Spans by OpenTelemetry to a collector. Its parts are loaded only where there is one. */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  if (options.endpoint === '') return passingOn;
  const [sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporter = new OTLPTraceExporter({
    url: `${options.endpoint}/v1/traces`,
    timeoutMillis: EXPORT_TIMEOUT_MS,
  });
  const provider = new sdk.BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': options.service, 'service.namespace': 'paymatch' }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(options.perMille / 1_000) }),
    spanProcessors: [
      new sdk.BatchSpanProcessor(loggedWhenAway(exporter, options.logger), {
        maxQueueSize: QUEUE_MAX,
        maxExportBatchSize: BATCH_MAX,
        scheduledDelayMillis: EXPORT_EVERY_MS,
        exportTimeoutMillis: EXPORT_TIMEOUT_MS,
      }),
    ],
  });
  const tracer = provider.getTracer('paymatch');
  const begin = (name: string, context: Context, { kind, attributes = {}, links = [] }: Omit<SpanOptions, 'parent'>) =>
    tracer.startSpan(name, { kind: KINDS[kind], attributes, links: links.flatMap(linkTo) }, context);
  return {
    begin: (name, { parent, ...rest }) => {
      const context = contextOf(parent);
      return context === undefined ? undefined : recorded(begin(name, context, rest));
    },
    beginCall: (name, { traceparent }) => {
      if (readTraceparent(traceparent)?.isSampled === false) return undefined;
      const context = contextOf(traceparent) ?? ROOT_CONTEXT;
      return recorded(begin(name, context, { kind: 'server' }));
    },
    stop: async () => {
      let timer: NodeJS.Timeout | undefined;
      const deadline = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, STOP_MAX_MS);
      });
      // What a collector that is away has not taken by then is lost.
      await Promise.race([provider.shutdown().catch(() => undefined), deadline]);
      clearTimeout(timer);
    },
  };
}

function contextOf(traceparent: unknown): Context | undefined {
  const parent = readTraceparent(traceparent);
  if (parent?.isSampled !== true) return undefined;
  const { traceId, spanId } = parent;
  return trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true });
}

function linkTo(traceparent: string) {
  const other = readTraceparent(traceparent);
  if (other === undefined) return [];
  const { traceId, spanId } = other;
  return [{ context: { traceId, spanId, traceFlags: TraceFlags.SAMPLED, isRemote: true } }];
}

function recorded(span: Span): TraceSpan | undefined {
  if (!span.isRecording()) return undefined;
  const { traceId, spanId } = span.spanContext();
  return {
    traceparent: `00-${traceId}-${spanId}-01`,
    end: ({ attributes, error } = {}) => {
      if (attributes !== undefined) span.setAttributes(attributes);
      // The name alone: an error's text may hold what somebody sent.
      if (error !== undefined)
        span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : typeof error });
      span.end();
    },
  };
}

/** One line when the collector goes away and one when it is back: payments do not depend on it. */
function loggedWhenAway(exporter: SpanExporter, logger: Logger): SpanExporter {
  let isAway = false;
  return {
    export: (spans: ReadableSpan[], done) =>
      exporter.export(spans, (result) => {
        if (result.error !== undefined && !isAway)
          logger.warn('traces cannot be handed over and are lost meanwhile', { error: result.error });
        else if (result.error === undefined && isAway) logger.info('traces are handed over again');
        isAway = result.error !== undefined;
        done(result);
      }),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    shutdown: () => exporter.shutdown(),
  };
}
