import { Controller, Get, Inject, Param, Req, Res, UseFilters } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { RouteMarks } from '@paymatch/gateway-edge';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findAsset } from './assets/checkout-assets.js';
import { CheckoutDesk } from './checkout.desk.js';
import { CheckoutFilter } from './checkout.filter.js';
import { CheckoutProblem } from './checkout-problem.js';
import { securityHeaders } from './page-reply.js';
import { PaymentStreams } from './payment-streams.js';

const LOGO_NAME = /^[0-9a-f]{32}\.(?:png|jpg|webp)$/;

/** What the page's script asks for, and the files the page is made of. */
@Controller('pay')
@UseFilters(CheckoutFilter)
export class CheckoutLiveController {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(PaymentStreams) private readonly streams: PaymentStreams,
  ) {}

  @Get(':ulid/status')
  async status(@Param('ulid') ulid: string, @Res() reply: FastifyReply): Promise<void> {
    const payment = await this.desk.find(ulid);
    reply
      .headers(securityHeaders)
      .type('application/json; charset=utf-8')
      .send(JSON.stringify({ status: this.desk.status(payment), version: payment.version }));
  }

  @Get(':ulid/events')
  @RouteConfig({ isStream: true } satisfies RouteMarks)
  async events(@Param('ulid') ulid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const payment = await this.desk.find(ulid);
    // Fastify answers HEAD with the handler of GET; a stream without a body would never end.
    if (request.method === 'HEAD') reply.headers(securityHeaders).type('text/event-stream; charset=utf-8').send();
    else this.streams.start(payment, reply);
  }

  /** A shop's logo. Its name is made of its content; a changed logo has another. */
  @Get('brand/:name')
  async logo(@Param('name') name: string, @Res() reply: FastifyReply): Promise<void> {
    const logo = LOGO_NAME.test(name) ? await this.desk.logo(name) : null;
    if (logo === null) throw new CheckoutProblem('not_found');
    reply
      .headers({
        ...securityHeaders,
        'cache-control': 'public, max-age=31536000, immutable',
        'cross-origin-resource-policy': 'cross-origin',
      })
      .type(logo.type)
      .send(logo.bytes);
  }

  @Get('assets/:name')
  asset(@Param('name') name: string, @Res() reply: FastifyReply): void {
    const found = findAsset(name);
    if (found === null) throw new CheckoutProblem('not_found');
    const cacheControl = found.isExact ? 'public, max-age=31536000, immutable' : 'no-cache';
    reply
      .headers({ ...securityHeaders, 'cache-control': cacheControl, 'cross-origin-resource-policy': 'same-origin' })
      .type(found.asset.type)
      .send(found.asset.body);
  }
}
