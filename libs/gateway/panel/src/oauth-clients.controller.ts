import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dataAnswer, readFields, sendAnswer } from '@paymatch/gateway-edge';
import type { OAuthClientView } from '@paymatch/gateway-access';
import { IssueClientDto } from './brazil.dto.js';
import { admit, notFound, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { WhyDto } from './panel.dto.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Contract B's credentials, of the key's own mode: a test key must not come from here to the money. */
@Controller('api/panel/v1/oauth-clients')
export class OAuthClientsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    sendAnswer(reply, dataAnswer(200, (await this.desk.clients.list(merchantId, livemode)).map(renderClient)));
  }

  /** The one answer that shows the secret. */
  @Post()
  async issue(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { merchantId, livemode } = caller;
    const { rate_limit_per_minute: rateLimitPerMinute } = readFields(request, IssueClientDto);
    await post(this.desk, { request, reply, caller }, async () => {
      const { clientId, clientSecret } = await this.desk.clients.issue({
        merchantId,
        livemode,
        ...(rateLimitPerMinute !== undefined && { rateLimitPerMinute }),
      });
      return dataAnswer(201, { client_id: clientId, client_secret: clientSecret, livemode });
    });
  }

  /** Its access tokens end with it. */
  @Post(':id/revoke')
  async revoke(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    readFields(request, WhyDto);
    const { clients } = this.desk;
    const find = async (): Promise<OAuthClientView | undefined> =>
      (await clients.list(merchantId, livemode)).find(({ clientId }) => clientId === request.params.id);
    if ((await find()) === undefined) throw notFound();
    await clients.revoke(merchantId, request.params.id);
    const view = await find();
    sendAnswer(reply, dataAnswer(200, view === undefined ? null : renderClient(view)));
  }
}

export function renderClient(view: OAuthClientView): object {
  return { client_id: view.clientId, livemode: view.livemode, created_at: view.createdAt, revoked_at: view.revokedAt };
}
