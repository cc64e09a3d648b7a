import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dataAnswer, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { ExchangeRateView } from '@paymatch/gateway-receiving';
import { ExchangeRateDto } from './brazil.dto.js';
import { actorOf, admit, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';

/**
 * What a currency costs in BRL for this merchant; the rates of both modes are one. Payments made before keep theirs.
 */
@Controller('api/panel/v1/exchange-rates')
export class ExchangeRatesController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId } = await admit(this.desk, { request, reply });
    sendAnswer(reply, dataAnswer(200, (await this.desk.exchange.list(merchantId)).map(renderRate)));
  }

  /** Sold at within a minute (`PAYMATCH_EXCHANGE_CACHE_SECONDS`). */
  @Post()
  async set(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { base_currency: baseCurrency, rate } = readFields(request, ExchangeRateDto);
    // Both modes sell at it: whoever got hold of a test key must not come from it to the money.
    if (!caller.livemode)
      throw validationProblem({ base_currency: ['Rates are set with a live key; they hold for both modes.'] });
    await post(this.desk, { request, reply, caller }, async () => {
      try {
        return dataAnswer(
          201,
          renderRate(
            await this.desk.exchange.set({
              merchantId: caller.merchantId,
              baseCurrency,
              rate,
              setBy: actorOf(caller),
            }),
          ),
        );
      } catch (error) {
        throw error instanceof RangeError
          ? validationProblem({ rate: ['Send a positive plain decimal, e.g. "5.19".'] })
          : error;
      }
    });
  }
}

function renderRate(view: ExchangeRateView): object {
  return {
    id: view.id,
    base_currency: view.baseCurrency,
    rate: view.rate,
    set_by: view.setBy,
    set_at: view.quotedAt,
    is_for_all: view.isForAll,
  };
}
