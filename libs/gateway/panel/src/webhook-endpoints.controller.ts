import { Controller, Delete, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  callbackSigner,
  defaultWebhookEvents,
  endpointSigner,
  type WebhookEndpointFailing,
  type WebhookEndpointView,
  type WebhookSecretView,
} from '@paymatch/contracts';
import type { Caller } from '@paymatch/gateway-access';
import { dataAnswer, readFields, sendAnswer } from '@paymatch/gateway-edge';
import { admit, askWebhooks, openedSecret, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { NoFieldsDto } from './panel.dto.js';
import { ChangeEndpointDto, CreateEndpointDto, RotateSecretDto } from './webhook.rules.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Where the merchant is told of the payments of the key's mode. */
@Controller('api/panel/v1')
export class WebhookEndpointsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get('webhook-endpoints')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const views = await askWebhooks<readonly WebhookEndpointView[]>(
      this.desk,
      { type: 'ListEndpoints', ...ownerOf(caller) },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, views.map(renderEndpoint)));
  }

  /** The answer carries the secret; later it is asked for by itself. */
  @Post('webhook-endpoints')
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const fields = readFields(request, CreateEndpointDto);
    const { url = null, description = '', events = defaultWebhookEvents, headers = {}, secret = null } = fields;
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const view = await askWebhooks<WebhookEndpointView>(
        this.desk,
        {
          type: 'CreateEndpoint',
          ...ownerOf(caller),
          url,
          description,
          events,
          headers,
          order: fields.order ?? 'latest_wins',
          concurrencyMax: fields.concurrency_max ?? null,
          ratePerSecond: fields.rate_per_second ?? null,
          secretSealed: this.sealed(secret, endpointSigner(operationId)),
        },
        { operationId, correlationId: request.id },
      );
      return dataAnswer(201, { ...renderEndpoint(view), secret: await this.secretOf(caller, view.id, request.id) });
    });
  }

  @Get('webhook-endpoints/:id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const view = await askWebhooks<WebhookEndpointView>(
      this.desk,
      { type: 'GetEndpoint', ...ownerOf(caller), endpointId: request.params.id },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderEndpoint(view)));
  }

  @Patch('webhook-endpoints/:id')
  async change(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { url, description, events, headers, order, ...rest } = readFields(request, ChangeEndpointDto);
    const { concurrency_max: concurrencyMax, rate_per_second: ratePerSecond, enabled: isEnabled } = rest;
    const view = await askWebhooks<WebhookEndpointView>(
      this.desk,
      {
        type: 'ChangeEndpoint',
        ...ownerOf(caller),
        endpointId: request.params.id,
        ...(url !== undefined && { url }),
        ...(description !== undefined && { description }),
        ...(events !== undefined && { events }),
        ...(headers !== undefined && { headers }),
        ...(order !== undefined && { order }),
        ...(concurrencyMax !== undefined && { concurrencyMax }),
        ...(ratePerSecond !== undefined && { ratePerSecond }),
        ...(isEnabled !== undefined && { isEnabled }),
      },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderEndpoint(view)));
  }

  @Delete('webhook-endpoints/:id')
  async remove(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const view = await askWebhooks<WebhookEndpointView>(
      this.desk,
      { type: 'RemoveEndpoint', ...ownerOf(caller), endpointId: request.params.id },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderEndpoint(view)));
  }

  @Get('webhook-endpoints/:id/secret')
  async secret(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const secret = await this.secretOf(caller, request.params.id, request.id);
    sendAnswer(reply, dataAnswer(200, { secret }));
  }

  @Post('webhook-endpoints/:id/rotate-secret')
  async rotate(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { secret = null } = readFields(request, RotateSecretDto);
    const endpointId = request.params.id;
    const signer = endpointSigner(endpointId);
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const view = await askWebhooks<WebhookSecretView>(
        this.desk,
        { type: 'RotateSecret', ...ownerOf(caller), endpointId, secretSealed: this.sealed(secret, signer) },
        { operationId, correlationId: request.id },
      );
      return dataAnswer(200, { secret: openedSecret(this.desk, view, signer) });
    });
  }

  /** The secret under which contract B's callbacks are signed: the same as `GET /webhook/secret` shows. */
  @Get('webhook-callback-secret')
  async callbackSecret(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const view = await askWebhooks<WebhookSecretView>(
      this.desk,
      { type: 'GetCallbackSecret', ...ownerOf(caller) },
      { correlationId: request.id },
    );
    const secret = openedSecret(this.desk, view, callbackSigner(caller));
    sendAnswer(reply, dataAnswer(200, { secret }));
  }

  @Post('webhook-callback-secret/rotate')
  async rotateCallbackSecret(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const view = await askWebhooks<WebhookSecretView>(
        this.desk,
        { type: 'RotateCallbackSecret', ...ownerOf(caller) },
        { operationId, correlationId: request.id },
      );
      return dataAnswer(200, { secret: openedSecret(this.desk, view, callbackSigner(caller)) });
    });
  }

  private async secretOf(caller: Caller, endpointId: string, correlationId: string): Promise<string> {
    const view = await askWebhooks<WebhookSecretView>(
      this.desk,
      { type: 'GetSecret', ...ownerOf(caller), endpointId },
      { correlationId },
    );
    return openedSecret(this.desk, view, endpointSigner(endpointId));
  }

  private sealed(secret: string | null, signer: string): string | null {
    return secret === null ? null : this.desk.webhookSecrets.seal(secret, signer).toString('base64');
  }
}

export function ownerOf({ merchantId, livemode }: Caller): { readonly merchantId: string; readonly livemode: boolean } {
  return { merchantId, livemode };
}

export function renderEndpoint(view: WebhookEndpointView): object {
  const { id, livemode, url, description, events, headers, order, status, failing } = view;
  return {
    id,
    livemode,
    url,
    description,
    events,
    headers,
    order,
    concurrency_max: view.concurrencyMax,
    rate_per_second: view.ratePerSecond,
    status,
    disabled_reason: view.disabledReason,
    failing: failing === undefined ? null : renderFailing(failing),
    created_at: view.createdAt,
  };
}

function renderFailing({ since, failedAttempts, budgetUsedPercent, probeAt }: WebhookEndpointFailing): object {
  return { since, failed_attempts: failedAttempts, budget_used_percent: budgetUsedPercent, probe_at: probeAt };
}
