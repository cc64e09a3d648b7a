import { of, type Webhook } from './history.js';
import { groupBy, Judge, type Evidence, type Verdict } from './verdict.js';

/** No endpoint hears an older step of a payment after a newer one. */
export function inOrder({ history }: Evidence): Verdict {
  const judge = new Judge('G5');
  for (const [name, webhooks] of groupBy(
    of(history, 'webhook'),
    ({ endpoint, paymentId }) => `payment ${paymentId} at ${endpoint}`,
  )) {
    const sequences = [...webhooks].sort((a, b) => a.atMs - b.atMs).map(({ sequence }) => sequence);
    judge.expect(
      sequences.every((sequence, index) => index === 0 || sequence >= sequences[index - 1]!),
      () => `${name} heard the steps ${sequences.join(', ')}`,
      webhooks[0]!.paymentId,
    );
  }
  return judge.verdict();
}

/** Each delivery was taken, under one id whatever it took, or a person can see that it was not. */
export function deliveredOrGivenUp({ history, state }: Evidence): Verdict {
  const judge = new Judge('G6');
  const came = groupBy(of(history, 'webhook'), nameOf);
  for (const delivery of state.deliveries) {
    const { status, isScheduled, paymentId, sequence, endpoint, eventId } = delivery;
    const arrived = came.get(nameOf(delivery)) ?? [];
    const isTaken = arrived.some(({ answered }) => answered >= 200 && answered < 300);
    const isVisible = ['given_up', 'superseded', 'cancelled'].includes(status) || (status === 'pending' && isScheduled);
    judge.expect(
      isVisible || (status === 'delivered' && isTaken),
      () => `delivery of step ${sequence} of payment ${paymentId} to ${endpoint} is ${status}, taken: ${isTaken}`,
      paymentId,
    );
    if (arrived.length > 0)
      judge.expect(
        arrived.every(({ webhookId, isGenuine }) => webhookId === eventId && isGenuine),
        () => `step ${sequence} of payment ${paymentId} came under ${idsOf(arrived)}, or with a wrong signature`,
        paymentId,
      );
  }
  return judge.verdict();
}

function nameOf({ endpoint, paymentId, sequence }: Pick<Webhook, 'endpoint' | 'paymentId' | 'sequence'>): string {
  return `${endpoint} ${paymentId} ${sequence}`;
}

function idsOf(arrived: readonly Webhook[]): string {
  return [...new Set(arrived.map(({ webhookId }) => webhookId))].join(', ');
}
