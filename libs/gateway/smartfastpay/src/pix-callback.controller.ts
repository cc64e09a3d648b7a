import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { fieldsOf, type RouteMarks } from '@paymatch/gateway-edge';
import { PIX_INBOX, RECEIVING_ACCOUNTS, type PixInbox, type ReceivingAccounts } from '@paymatch/gateway-receiving';
import { invalidFields, notFound } from './smartfastpay.error.js';
import { sendBody } from './smartfastpay.face.js';

/**
 * Banco Central "API Pix": `POST {address given to the bank}/pix`. Some banks add nothing and post to the address
 * itself.
 */
@Controller('pix')
export class PixCallbackController {
  constructor(
    @Inject(RECEIVING_ACCOUNTS) private readonly accounts: ReceivingAccounts,
    @Inject(PIX_INBOX) private readonly inbox: PixInbox,
  ) {}

  @Post([':token/pix', ':token'])
  @RouteConfig({ isBodyTolerant: true } satisfies RouteMarks)
  async receive(
    @Req() request: FastifyRequest<{ Params: { token: string } }>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const header = request.headers['x-pix-secret'];
    const owner = await this.accounts.findPixCallback(request.params.token, typeof header === 'string' ? header : null);
    if (owner === null) throw notFound();
    const entries = fieldsOf(request.body).pix;
    if (!Array.isArray(entries)) throw invalidFields([{ field: 'pix', message: 'Send {"pix": […]}.' }]);
    const data = await this.inbox.accept(owner, { entries, correlationId: request.id });
    sendBody({ request, reply }, 200, { data });
  }
}
