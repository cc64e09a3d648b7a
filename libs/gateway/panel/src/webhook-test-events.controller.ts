import { setTimeout as sleep } from 'node:timers/promises';
import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WebhookTestEventView } from '@paymatch/contracts';
import type { Caller } from '@paymatch/gateway-access';
import { dataAnswer, readFields, sendAnswer } from '@paymatch/gateway-edge';
import { admit, askWebhooks, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { ownerOf } from './webhook-endpoints.controller.js';
import { TestEventDto } from './webhook.rules.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Longer than an attempt and what lies around it. */
const ANSWER_WITHIN_MS = 12_000;
const LOOK_EVERY_MS = 250;

/** A made-up event, sent to one endpoint to see how it takes it. */
@Controller('api/panel/v1')
export class WebhookTestEventsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** Answers with the attempt, as soon as it was made. */
  @Post('webhook-endpoints/:id/test')
  async send(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { type: event = 'payment.completed' } = readFields(request, TestEventDto);
    const endpointId = request.params.id;
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const view = await askWebhooks<WebhookTestEventView>(
        this.desk,
        { type: 'SendTestEvent', ...ownerOf(caller), endpointId, event },
        { operationId, correlationId: request.id },
      );
      const made = await this.attempted(caller, view, request.id);
      return dataAnswer(made.attempt === null ? 202 : 200, renderTestEvent(made));
    });
  }

  @Get('webhook-test-events/:id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    sendAnswer(reply, dataAnswer(200, renderTestEvent(await this.find(caller, request.params.id, request.id))));
  }

  /** The waiting is done here: over there it would hold up every other command of the merchant. */
  private async attempted(
    caller: Caller,
    view: WebhookTestEventView,
    correlationId: string,
  ): Promise<WebhookTestEventView> {
    const untilMs = performance.now() + ANSWER_WITHIN_MS;
    let seen = view;
    while (seen.attempt === null && performance.now() < untilMs) {
      await sleep(LOOK_EVERY_MS);
      seen = await this.find(caller, view.id, correlationId);
    }
    return seen;
  }

  private find(caller: Caller, testEventId: string, correlationId: string): Promise<WebhookTestEventView> {
    return askWebhooks<WebhookTestEventView>(
      this.desk,
      { type: 'GetTestEvent', ...ownerOf(caller), testEventId },
      { correlationId },
    );
  }
}

function renderTestEvent({ id, endpointId, event, body, createdAt, attempt }: WebhookTestEventView): object {
  return {
    id,
    endpoint_id: endpointId,
    type: event,
    body,
    created_at: createdAt,
    attempt: attempt === null ? null : renderAttempt(attempt),
  };
}

function renderAttempt(attempt: NonNullable<WebhookTestEventView['attempt']>): object {
  const { at, url, httpStatus, error, durationMs, requestHeaders, answer } = attempt;
  return {
    at,
    url,
    http_status: httpStatus,
    error,
    duration_ms: durationMs,
    request_headers: requestHeaders,
    answer,
  };
}
