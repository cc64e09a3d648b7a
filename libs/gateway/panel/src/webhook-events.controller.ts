import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uuidToUlid, webhookEventNames, type WebhookFeedEvent } from '@paymatch/contracts';
import { sendAnswer } from '@paymatch/gateway-edge';
import { admit, askWebhooks, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { readId, readLimit, readWord } from './panel-query.js';
import { ownerOf } from './webhook-endpoints.controller.js';

/** What webhooks told of contract A's payments, whether anybody listened or not. */
@Controller('api/panel/v1/webhook-events')
export class WebhookEventsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** Newest first. */
  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const query = request.query as Readonly<Record<string, unknown>>;
    const limit = readLimit(query['limit']);
    const found = await askWebhooks<readonly WebhookFeedEvent[]>(
      this.desk,
      {
        type: 'ListEvents',
        ...ownerOf(caller),
        after: readId(query, 'after'),
        event: readWord(query, 'type', webhookEventNames),
        limit: limit + 1,
        isNewestFirst: true,
      },
      { correlationId: request.id },
    );
    const data = found.slice(0, limit);
    const next = found.length > limit ? (data.at(-1)?.id ?? null) : null;
    sendAnswer(reply, { status: 200, body: JSON.stringify({ data: data.map(renderEvent), next }) });
  }
}

function renderEvent({ id, event, paymentId, sequence, occurredAt, body }: WebhookFeedEvent): object {
  return { id, event, payment_id: uuidToUlid(paymentId), sequence, occurred_at: occurredAt, body };
}
