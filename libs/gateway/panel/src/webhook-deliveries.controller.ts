import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  webhookDeliveryStatuses,
  webhookEventNames,
  type WebhookDeliveryDetail,
  type WebhookDeliveryView,
} from '@paymatch/contracts';
import { dataAnswer, readFields, sendAnswer } from '@paymatch/gateway-edge';
import { admit, askWebhooks, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { NoFieldsDto } from './panel.dto.js';
import { spelledIn } from './payment-spelling.js';
import { readId, readLimit, readMoment, readPayment, readWord } from './panel-query.js';
import { ownerOf } from './webhook-endpoints.controller.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** What became of each telling. */
@Controller('api/panel/v1/webhook-deliveries')
export class WebhookDeliveriesController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** Newest first; `before` is the id of the last one that one has. */
  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const query = request.query as Readonly<Record<string, unknown>>;
    const views = await askWebhooks<readonly WebhookDeliveryView[]>(
      this.desk,
      {
        type: 'ListDeliveries',
        ...ownerOf(caller),
        paymentId: readPayment(query),
        endpointId: readId(query, 'endpoint_id'),
        status: readWord(query, 'status', webhookDeliveryStatuses),
        event: readWord(query, 'event', webhookEventNames),
        from: readMoment(query, 'from'),
        to: readMoment(query, 'to'),
        before: readId(query, 'before'),
        limit: readLimit(query['limit']),
      },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, views.map(renderDelivery)));
  }

  /** With what was sent and answered at each attempt. */
  @Get(':id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { delivery, body, exchanges } = await askWebhooks<WebhookDeliveryDetail>(
      this.desk,
      { type: 'GetDelivery', ...ownerOf(caller), deliveryId: request.params.id },
      { correlationId: request.id },
    );
    const attempts = delivery.attempts.map((attempt, index) => ({
      ...renderAttempt(attempt),
      url: exchanges[index]?.url ?? null,
      request_headers: exchanges[index]?.requestHeaders ?? null,
      answer: exchanges[index]?.answer ?? null,
    }));
    sendAnswer(reply, dataAnswer(200, { ...renderDelivery(delivery), body, attempts }));
  }

  @Post(':id/retry')
  async retry(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const view = await askWebhooks<WebhookDeliveryView>(
        this.desk,
        { type: 'RetryDelivery', ...ownerOf(caller), deliveryId: request.params.id },
        { operationId, correlationId: request.id },
      );
      return dataAnswer(200, renderDelivery(view));
    });
  }
}

function renderDelivery(view: WebhookDeliveryView): object {
  const { id, event, sequence, status } = view;
  return {
    id,
    endpoint_id: view.endpointId,
    payment_id: spelledIn(view.dialect, view.paymentId),
    event_id: view.eventId,
    event,
    sequence,
    status,
    created_at: view.createdAt,
    next_attempt_at: view.nextAttemptAt,
    attempts: view.attempts.map(renderAttempt),
  };
}

function renderAttempt({ at, httpStatus, error, durationMs }: WebhookDeliveryView['attempts'][number]): object {
  return { at, http_status: httpStatus, error, duration_ms: durationMs };
}
