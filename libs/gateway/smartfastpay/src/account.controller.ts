import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatMinor } from '@paymatch/contracts';
import { PAYMENT_SEARCH, type PaymentSearch } from '@paymatch/gateway-read-models';
import { invalidFields } from './smartfastpay.error.js';
import { SMARTFASTPAY_DESK, type SmartFastPayDesk } from './smartfastpay.desk.js';
import { sendBody } from './smartfastpay.face.js';

const CURRENCIES: readonly unknown[] = ['BRL', 'USD'];

/** Contract B: the merchant's balance. */
@Controller()
export class AccountController {
  constructor(
    @Inject(SMARTFASTPAY_DESK) private readonly desk: SmartFastPayDesk,
    @Inject(PAYMENT_SEARCH) private readonly search: PaymentSearch,
  ) {}

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
