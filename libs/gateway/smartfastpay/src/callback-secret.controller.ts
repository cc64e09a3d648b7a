import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  callbackSigner,
  inEnvelope,
  newId,
  topics,
  type WebhookCommand,
  type WebhookSecretView,
} from '@paymatch/contracts';
import type { TextSealer } from '@paymatch/platform-secrets';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { SMARTFASTPAY_DESK, WEBHOOK_SECRETS, type SmartFastPayDesk } from './smartfastpay.desk.js';
import { sendBody } from './smartfastpay.face.js';

const REPLY_TIMEOUT_MS = 5_000;

/** Contract B: the secret of the credential's mode; the sandbox never learns what signs live. */
@Controller()
export class CallbackSecretController {
  constructor(
    @Inject(SMARTFASTPAY_DESK) private readonly desk: SmartFastPayDesk,
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
    @Inject(WEBHOOK_SECRETS) private readonly secrets: TextSealer,
  ) {}

  @Get('webhook/secret')
  async secret(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await this.desk.admit(request, reply, 'payments:read');
    const data: WebhookCommand = { type: 'GetCallbackSecret', merchantId, livemode };
    const { sealed } = await this.bus.request<WebhookSecretView>(
      topics.webhooksCommands.name,
      inEnvelope(data, {
        id: newId(),
        source: 'api-gateway',
        key: merchantId,
        time: new Date(this.desk.nowMs()).toISOString(),
        correlationId: request.id,
      }),
      { timeoutMs: REPLY_TIMEOUT_MS },
    );
    const secret = this.secrets.open(Buffer.from(sealed, 'base64'), callbackSigner({ merchantId, livemode }));
    sendBody({ request, reply }, 200, { data: { secret } });
  }
}
