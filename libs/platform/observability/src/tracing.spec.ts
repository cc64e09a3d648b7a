import { createLogger } from './logger.js';
import { goingOn, readTraceparent, splitTrace, withTrace } from './trace-context.js';
import { passingOn } from './tracing.js';

const trace = '0af7651916cd43dd8448eb211c80319c';
const sampled = `00-${trace}-b7ad6b7169203331-01`;
const later = `00-${trace}-00f067aa0ba902b7-01`;
const other = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

describe('a traceparent', () => {
  it('is read as W3C has it', () => {
    expect(readTraceparent(sampled)).toEqual({ traceId: trace, spanId: 'b7ad6b7169203331', isSampled: true });
    expect(readTraceparent(sampled.replace(/01$/, '00'))?.isSampled).toBe(false);
  });

  it.each([
    undefined,
    '',
    'nonsense',
    `${sampled},${sampled}`,
    sampled.toUpperCase(),
    `ff${sampled.slice(2)}`,
    `00-${'0'.repeat(32)}-b7ad6b7169203331-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    [sampled, sampled],
  ])('that is none is as good as not sent: %j', (text) => {
    expect(readTraceparent(text)).toBeUndefined();
    expect(passingOn.beginCall('GET /', { traceparent: text })).toBeUndefined();
  });

  it('stands behind the correlation id where it is kept, and nothing does where nothing is traced', () => {
    expect(withTrace('c-1', undefined)).toBe('c-1');
    for (const correlationId of ['c-1', 'a b', 'x '])
      for (const traceparent of [sampled, undefined]) {
        const kept = splitTrace(withTrace(correlationId, traceparent));
        expect(kept).toEqual({ correlationId, ...(traceparent && { traceparent }) });
      }
  });

  it('of a payment goes before that of who asks, which is linked; within one trace the latest step is the parent', () => {
    expect(goingOn(undefined, undefined)).toEqual({ parent: undefined, links: [] });
    expect(goingOn(sampled, undefined)).toEqual({ parent: sampled, links: [] });
    expect(goingOn(undefined, other)).toEqual({ parent: other, links: [] });
    expect(goingOn(sampled, later)).toEqual({ parent: later, links: [] });
    expect(goingOn(sampled, other)).toEqual({ parent: sampled, links: [other] });
  });
});

describe('tracing that is off', () => {
  it('hands a context on as it came, and makes none', () => {
    expect(passingOn.beginCall('GET /', { traceparent: sampled })?.traceparent).toBe(sampled);
    expect(passingOn.beginCall('GET /', { traceparent: sampled.replace(/01$/, '00') })).toBeUndefined();
    expect(passingOn.begin('append', { kind: 'internal', parent: sampled })?.traceparent).toBe(sampled);
    expect(passingOn.begin('append', { kind: 'internal', parent: undefined })).toBeUndefined();
  });
});

describe('a line about something traced', () => {
  it('carries the trace’s id, and none where there is none', () => {
    const lines: string[] = [];
    const logger = createLogger({ level: 'info', service: 'test', write: (line) => lines.push(line) });
    logger.info('a', { traceparent: sampled });
    logger.info('b', { traceparent: undefined });
    expect(lines.map((line) => (JSON.parse(line) as { readonly trace_id?: string }).trace_id)).toEqual([
      trace,
      undefined,
    ]);
    expect(lines.join('')).not.toContain('traceparent');
  });
});
