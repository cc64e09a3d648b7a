import { SECONDS_BUCKETS, type Metrics } from '@paymatch/platform-observability';
import { Refusal } from './errors.js';
import type { Message } from './message.js';
import type { MessageBus } from './message-bus.js';

/** The same bus, which counts what goes over it. */
export function measuredBus(bus: MessageBus, metrics: Metrics): MessageBus {
  const published = metrics.counter({
    name: 'paymatch_messages_published_total',
    help: 'Facts and messages published, by topic and type; what sms-matching found is credits.events',
    labels: ['topic', 'type'],
  });
  const requests = metrics.distribution({
    name: 'paymatch_request_seconds',
    help: 'Commands sent to another service, until the answer: answered, refused, or failed (no answer in time, too)',
    labels: ['topic', 'outcome'],
    buckets: SECONDS_BUCKETS,
  });
  const forget = bus.forget?.bind(bus);
  return {
    ...(forget !== undefined && { forget }),
    async publish(topic, messages, options) {
      await bus.publish(topic, messages, options);
      for (const { type } of messages) published.add({ topic, type });
    },
    async request<Reply>(topic: string, command: Message, options: { readonly timeoutMs: number }): Promise<Reply> {
      const startedMs = performance.now();
      const observe = (outcome: string): void =>
        requests.observe({ topic, outcome }, (performance.now() - startedMs) / 1_000);
      try {
        const reply = await bus.request<Reply>(topic, command, options);
        observe('answered');
        return reply;
      } catch (error) {
        observe(error instanceof Refusal ? 'refused' : 'failed');
        throw error;
      }
    },
  };
}
