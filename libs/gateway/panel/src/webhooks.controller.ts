import { Controller, Delete, Get, Inject, Post, Put, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  defaultWebhookEvents,
  uuidToUlid,
  type WebhookDeliveryView,
  type WebhookEndpointView,
} from '@paymatch/contracts';
import { dataAnswer, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import { admit, askWebhooks, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { NoFieldsDto, SetEndpointDto } from './panel.dto.js';
import { readPaymentId } from './panel.rules.js';
import { readLimit } from './panel-query.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Where the merchant is told, and what became of each telling. */
@Controller('api/panel/v1')
export class WebhooksController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get('webhook-endpoint')
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId } = await admit(this.desk, { request, reply });
    const view = await askWebhooks<WebhookEndpointView>(
      this.desk,
      { type: 'GetEndpoint', merchantId },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderEndpoint(view)));
  }

  @Put('webhook-endpoint')
  async set(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId } = await admit(this.desk, { request, reply });
    const { url, events = defaultWebhookEvents, secret = null } = readFields(request, SetEndpointDto);
    const view = await askWebhooks<WebhookEndpointView>(
      this.desk,
      { type: 'SetEndpoint', merchantId, url, events, secret, now: this.now() },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderEndpoint(view)));
  }

  @Delete('webhook-endpoint')
  async remove(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId } = await admit(this.desk, { request, reply });
    const view = await askWebhooks<WebhookEndpointView>(
      this.desk,
      { type: 'RemoveEndpoint', merchantId },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderEndpoint(view)));
  }

  @Post('webhook-endpoint/rotate-secret')
  async rotate(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const command = { type: 'RotateSecret', merchantId: caller.merchantId, now: this.now() } as const;
      return dataAnswer(
        200,
        renderEndpoint(
          await askWebhooks<WebhookEndpointView>(this.desk, command, { operationId, correlationId: request.id }),
        ),
      );
    });
  }

  @Get('webhook-deliveries')
  async deliveries(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId } = await admit(this.desk, { request, reply });
    const { payment_id: given, limit: limitText } = request.query as Record<string, unknown>;
    const paymentId = given === undefined ? null : typeof given === 'string' ? readPaymentId(given) : undefined;
    if (paymentId === undefined) throw validationProblem({ payment_id: ['Send the id of a payment.'] });
    const views = await askWebhooks<readonly WebhookDeliveryView[]>(
      this.desk,
      { type: 'ListDeliveries', merchantId, paymentId, limit: readLimit(limitText) },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, views.map(renderDelivery)));
  }

  @Post('webhook-deliveries/:id/retry')
  async retry(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const command = {
        type: 'RetryDelivery',
        merchantId: caller.merchantId,
        deliveryId: request.params.id,
        now: this.now(),
      } as const;
      return dataAnswer(
        200,
        renderDelivery(
          await askWebhooks<WebhookDeliveryView>(this.desk, command, { operationId, correlationId: request.id }),
        ),
      );
    });
  }

  private now(): string {
    return new Date(this.desk.clock.nowMs()).toISOString();
  }
}

function renderEndpoint(view: WebhookEndpointView): object {
  const { url, events, secret, status } = view;
  return { url, events, secret, status, disabled_reason: view.disabledReason };
}

function renderDelivery(view: WebhookDeliveryView): object {
  const { id, event, sequence, status } = view;
  return {
    id,
    payment_id: uuidToUlid(view.paymentId),
    event,
    sequence,
    status,
    next_attempt_at: view.nextAttemptAt,
    attempts: view.attempts.map(({ at, httpStatus, error, durationMs }) => ({
      at,
      http_status: httpStatus,
      error,
      duration_ms: durationMs,
    })),
  };
}
