import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  contractVersion,
  formatMinor,
  newId,
  topics,
  type WebhookCommand,
  type WebhookEndpointView,
} from '@paymatch/contracts';
import { PAYMENT_SEARCH, type PaymentSearch } from '@paymatch/gateway-read-models';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { invalidFields } from './smartfastpay.error.js';
import { SMARTFASTPAY_DESK, type SmartFastPayDesk } from './smartfastpay.desk.js';
import { sendBody } from './smartfastpay.face.js';

const REPLY_TIMEOUT_MS = 5_000;
const CURRENCIES: readonly unknown[] = ['BRL', 'USD'];

/** Contract B: the merchant's callback secret and balance. */
@Controller()
export class AccountController {
  constructor(
    @Inject(SMARTFASTPAY_DESK) private readonly desk: SmartFastPayDesk,
    @Inject(PAYMENT_SEARCH) private readonly search: PaymentSearch,
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
  ) {}

  @Get('webhook/secret')
  async secret(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId } = await this.desk.admit(request, reply, 'payments:read');
    const data: WebhookCommand = { type: 'GetEndpoint', merchantId };
    const { secret } = await this.bus.request<WebhookEndpointView>(
      topics.webhooksCommands.name,
      {
        id: newId(),
        type: data.type,
        source: 'api-gateway',
        key: merchantId,
        time: new Date(this.desk.nowMs()).toISOString(),
        dataVersion: contractVersion,
        correlationId: request.id,
        causationId: null,
        data,
      },
      { timeoutMs: REPLY_TIMEOUT_MS },
    );
    sendBody({ request, reply }, 200, { data: { secret } });
  }

  /** A currency asked for by name has a row also when nothing was settled in it. */
  @Get('balance')
  async balance(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await this.desk.admit(request, reply, 'payments:read');
    const { currency } = request.query as Readonly<Record<string, unknown>>;
    if (currency !== undefined && !CURRENCIES.includes(currency))
      throw invalidFields([{ field: 'currency', message: 'Send BRL or USD, or nothing for both.' }]);
    const totals = await this.search.settledTotals({ merchantId, livemode });
    const shown =
      currency === undefined
        ? totals
        : [totals.find((total) => total.currency === currency) ?? { currency: currency as string, amountMinor: 0 }];
    sendBody({ request, reply }, 200, {
      data: shown.map((total) => ({ currency: total.currency, balance: Number(formatMinor(total.amountMinor)) })),
    });
  }
}
