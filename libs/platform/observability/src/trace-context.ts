/** W3C Trace Context, version 00: https://www.w3.org/TR/trace-context/#traceparent-header */
const TRACEPARENT = /^00-(?!0{32})([\da-f]{32})-(?!0{16})([\da-f]{16})-([\da-f]{2})$/;
const SAMPLED = 1;

/** Where in a trace something happens. */
export interface TraceContext {
  readonly traceId: string;
  readonly spanId: string;
  readonly isSampled: boolean;
}

/** What a `traceparent` says; `undefined` for what is none, which is then as good as not sent. */
export function readTraceparent(text: unknown): TraceContext | undefined {
  const found = typeof text === 'string' ? TRACEPARENT.exec(text) : null;
  if (found === null) return undefined;
  const [, traceId, spanId, flags] = found as unknown as readonly [string, string, string, string];
  return { traceId, spanId, isSampled: (Number.parseInt(flags, 16) & SAMPLED) !== 0 };
}

export function traceIdOf(traceparent: string | undefined): string | undefined {
  return readTraceparent(traceparent)?.traceId;
}

/**
 * A correlation id as tables keep it: where something is traced its context stands behind it, so that a relay minutes
 * later goes on with the trace, and where nothing is traced nothing more is written.
 */
export function withTrace(correlationId: string, traceparent: string | undefined): string {
  return traceparent === undefined ? correlationId : `${correlationId} ${traceparent}`;
}

/** A kept correlation id and the context behind it. */
export function splitTrace(kept: string): { readonly correlationId: string; readonly traceparent?: string } {
  const space = kept.lastIndexOf(' ');
  const traceparent = space < 0 ? undefined : kept.slice(space + 1);
  return traceparent === undefined || readTraceparent(traceparent) === undefined
    ? { correlationId: kept }
    : { correlationId: kept.slice(0, space), traceparent };
}

/**
 * Of what something goes on with (a payment) and what has asked for it (a call): the first has the word, so that one
 * payment is one trace, and the other is linked to where they are different traces.
 */
export function goingOn(
  own: string | undefined,
  asked: string | undefined,
): { readonly parent: string | undefined; readonly links: readonly string[] } {
  if (own === undefined || asked === undefined) return { parent: own ?? asked, links: [] };
  return traceIdOf(own) === traceIdOf(asked) ? { parent: asked, links: [] } : { parent: own, links: [asked] };
}
