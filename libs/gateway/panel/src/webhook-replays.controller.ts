import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { Validate } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WebhookReplayView } from '@paymatch/contracts';
import {
  dataAnswer,
  described,
  FieldConstraint,
  json,
  readFields,
  sendAnswer,
  type FieldRule,
} from '@paymatch/gateway-edge';
import { admit, askWebhooks, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { NoFieldsDto } from './panel.dto.js';
import { momentRule, optional } from './panel.rules.js';
import { ownerOf } from './webhook-endpoints.controller.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

const scopeRule: FieldRule = described(json.words(['failed', 'all']), (value) =>
  value === 'failed' || value === 'all' ? null : 'The scope must be failed or all.',
);

export class StartReplayDto {
  @Validate(FieldConstraint, [scopeRule]) scope!: 'failed' | 'all';
  @Validate(FieldConstraint, [optional(momentRule)]) since?: string | null;
}

/** Past events sent to an endpoint again, as jobs. */
@Controller('api/panel/v1')
export class WebhookReplaysController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Post('webhook-endpoints/:id/replays')
  async start(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { scope, since = null } = readFields(request, StartReplayDto);
    const endpointId = request.params.id;
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const view = await askWebhooks<WebhookReplayView>(
        this.desk,
        { type: 'StartReplay', ...ownerOf(caller), endpointId, scope, since },
        { operationId, correlationId: request.id },
      );
      return dataAnswer(202, renderReplay(view));
    });
  }

  @Get('webhook-replays')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const views = await askWebhooks<readonly WebhookReplayView[]>(
      this.desk,
      { type: 'ListReplays', ...ownerOf(caller) },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, views.map(renderReplay)));
  }

  @Get('webhook-replays/:id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const view = await askWebhooks<WebhookReplayView>(
      this.desk,
      { type: 'GetReplay', ...ownerOf(caller), replayId: request.params.id },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderReplay(view)));
  }

  /** What was put on its way already stays there. */
  @Post('webhook-replays/:id/cancel')
  async cancel(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const view = await askWebhooks<WebhookReplayView>(
        this.desk,
        { type: 'CancelReplay', ...ownerOf(caller), replayId: request.params.id },
        { operationId, correlationId: request.id },
      );
      return dataAnswer(200, renderReplay(view));
    });
  }
}

export function renderReplay(view: WebhookReplayView): object {
  const { id, scope, since, status } = view;
  return {
    id,
    endpoint_id: view.endpointId,
    scope,
    since,
    status,
    sent: view.sentCount,
    left: view.leftCount,
    created_at: view.createdAt,
  };
}
