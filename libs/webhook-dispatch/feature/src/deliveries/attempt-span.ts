import type { TraceSpan, Tracing } from '@paymatch/platform-observability';
import type { AttemptResult } from '@paymatch/webhook-dispatch-domain';
import type { LeasedDelivery } from './delivery-lease.store.js';

/** One attempt as a step of its fact's trace. No address: some hold secrets. */
export function beginAttempt(tracing: Tracing, delivery: LeasedDelivery): TraceSpan | undefined {
  const { traceparent: parent, id, paymentId, event, attemptsMade } = delivery;
  if (parent === undefined) return undefined;
  return tracing.begin('deliver webhook', {
    kind: 'client',
    parent,
    attributes: {
      'http.request.method': 'POST',
      'http.request.resend_count': attemptsMade,
      'paymatch.delivery.id': id,
      'paymatch.payment.id': paymentId,
      'paymatch.webhook.event': event,
    },
  });
}

export function endAttempt(span: TraceSpan | undefined, result: AttemptResult): void {
  if (result.kind === 'failed') span?.end({ attributes: { 'error.type': result.error }, error: new Error() });
  else span?.end({ attributes: { 'http.response.status_code': result.httpStatus } });
}
