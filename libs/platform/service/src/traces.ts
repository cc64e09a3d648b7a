import { integer, type Setting } from '@paymatch/platform-config';
import type { TracedCalls } from '@paymatch/platform-messaging';
import type { TraceSpan, Tracing } from '@paymatch/platform-observability';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

const otlpEndpoint: Setting<string> = {
  env: 'OTEL_EXPORTER_OTLP_ENDPOINT',
  doc: 'OpenTelemetry collector that is told traces by OTLP over HTTP, such as http://127.0.0.1:4318; empty: none is',
  default: '',
  parse: (value) => {
    // Empty is as good as not set: so a compose file may hand on what its user left out.
    const isUrl = URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
    if (value !== '' && !isUrl) throw new Error('must be an http or https URL');
    return value.replace(/\/+$/, '');
  },
};

/** For every process. */
export const tracingSettings = {
  otlpEndpoint,
  tracesPerMille: integer({
    env: 'PAYMATCH_TRACES_PER_MILLE',
    doc: 'How many of a thousand calls that bring no trace of their own begin one, where a collector is told',
    default: 50,
    min: 0,
    max: 1_000,
  }),
};

/** Calls from outside as the first steps of traces. A call that is not traced costs one look at a header. */
export function addTraces(
  app: NestFastifyApplication,
  { tracing, calls }: { readonly tracing: Tracing; readonly calls: TracedCalls },
): void {
  const spans = new WeakMap<object, TraceSpan>();
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const route = request.routeOptions.url ?? 'none';
    if (route !== '/metrics' && !route.startsWith('/health/')) {
      const span = tracing.beginCall(`${request.method} ${route}`, { traceparent: request.headers['traceparent'] });
      if (span !== undefined) {
        spans.set(request, span);
        calls.begin(request.id, span.traceparent);
      }
    }
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    if (span !== undefined) {
      calls.end(request.id);
      // The route, never the address: that may hold secrets and what customers typed.
      span.end({
        attributes: {
          'http.request.method': request.method,
          'http.route': request.routeOptions.url ?? 'none',
          'http.response.status_code': reply.statusCode,
        },
        ...(reply.statusCode >= 500 && { error: new Error(String(reply.statusCode)) }),
      });
    }
    done();
  });
}
