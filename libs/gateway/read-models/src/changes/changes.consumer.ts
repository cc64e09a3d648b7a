import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { topics, type CreditEvent, type WebhookEvent } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { CHANGE_NEWS, type Change, type ChangeNews } from './change-news.ports.js';

const GROUP = 'api-gateway.changes';
const TAKEN = { batchSizeMax: 500, from: 'end' } as const;

type ChangeDetails = Pick<Change, 'kind' | 'id' | 'change'>;

/**
 * Passes on that facts of other services came by. Nothing is written: what cannot be read is told of by whoever rests
 * on it, and passed over here.
 */
@Controller()
export class ChangesConsumer {
  constructor(@Inject(CHANGE_NEWS) private readonly news: ChangeNews) {}

  @EventPattern({ topic: topics.creditsReceived.name, group: GROUP }, TAKEN)
  received(@Payload() messages: readonly Message<{ readonly type?: unknown }>[]): void {
    this.pass(messages, ({ type }) => [
      ...(type === 'credits.message-received' ? [{ kind: 'message', id: null, change: 'created' } as const] : []),
      { kind: 'credit', id: null, change: 'created' },
    ]);
  }

  @EventPattern({ topic: topics.creditsEvents.name, group: GROUP }, TAKEN)
  credits(@Payload() messages: readonly Message<CreditEvent>[]): void {
    this.pass(messages, (event) => {
      switch (event.type) {
        case 'credits.review-case-opened':
          return [
            { kind: 'case', id: event.caseId, change: 'created' },
            { kind: 'credit', id: null, change: 'changed' },
          ];
        case 'credits.review-case-closed':
          return [
            { kind: 'case', id: event.caseId, change: 'changed' },
            { kind: 'credit', id: null, change: 'changed' },
          ];
        default:
          return [{ kind: 'credit', id: null, change: 'changed' }];
      }
    });
  }

  @EventPattern({ topic: topics.webhooksEvents.name, group: GROUP }, TAKEN)
  webhooks(@Payload() messages: readonly Message<WebhookEvent>[]): void {
    this.pass(messages, (event) => [
      {
        kind: 'webhook',
        id: event.type === 'webhooks.given-up' ? event.deliveryId : event.endpointId,
        change: 'changed',
      },
    ]);
  }

  private pass<Data>(messages: readonly Message<Data>[], changesOf: (data: Data) => readonly ChangeDetails[]): void {
    for (const { data } of messages) {
      const { merchantId, livemode } = (data ?? {}) as { readonly merchantId?: unknown; readonly livemode?: unknown };
      if (typeof merchantId !== 'string' || typeof livemode !== 'boolean') continue;
      for (const change of changesOf(data)) this.news.tell({ merchantId, livemode, ...change });
    }
  }
}
