import { readTraceparent } from './trace-context.js';

/** Never what tells of a person: no numbers, names, texts, addresses. */
export type TraceAttributes = Readonly<Record<string, string | number>>;

export interface SpanOptions {
  readonly kind: 'server' | 'client' | 'producer' | 'consumer' | 'internal';
  /** `traceparent` of what this is a part of. */
  readonly parent: string | undefined;
  readonly attributes?: TraceAttributes;
  /** Other traces it has to do with. */
  readonly links?: readonly string[];
}

/** One step of a trace. */
export interface TraceSpan {
  /** To be handed to what comes of it. */
  readonly traceparent: string;
  /** With an error where it failed. */
  end(outcome?: { readonly attributes?: TraceAttributes; readonly error?: unknown }): void;
}

/**
 * Where running parts tell what belongs together. Whatever is not traced has no span: that is one look at a text that
 * is not there.
 */
export interface Tracing {
  /** A step under `parent`; `undefined` without one. */
  begin(name: string, options: SpanOptions): TraceSpan | undefined;
  /**
   * A call from outside goes on with its caller's trace where the caller samples it, or begins one where chance has it.
   */
  beginCall(name: string, call: { readonly traceparent: unknown }): TraceSpan | undefined;
  /** Hands over what is left, for some seconds at most. */
  stop(): Promise<void>;
}

/**
 * Tells nobody anything: a caller's context travels on as it came, so that a merchant finds its own trace in its
 * webhooks.
 */
export const passingOn: Tracing = {
  begin: (_name, { parent }) => (parent === undefined ? undefined : { traceparent: parent, end: () => undefined }),
  beginCall: (_name, { traceparent }) =>
    readTraceparent(traceparent)?.isSampled === true
      ? { traceparent: traceparent as string, end: () => undefined }
      : undefined,
  stop: () => Promise.resolve(),
};

/** Steps of one trace each, taken together: several messages of a batch, several rows of an append. */
export function endAll(spans: Iterable<TraceSpan | undefined>, error?: unknown): void {
  for (const span of spans) span?.end(error === undefined ? {} : { error });
}
