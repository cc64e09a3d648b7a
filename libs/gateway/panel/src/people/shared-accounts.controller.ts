import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '@paymatch/contracts';
import { dataAnswer, GATEWAY_DATABASE, readFields, sendAnswer } from '@paymatch/gateway-edge';
import { actorOfSession } from '@paymatch/gateway-people';
import { SharedAccountsStore } from '@paymatch/gateway-receiving';
import type { Database } from '@paymatch/platform-postgres';
import { notFound, PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { accessOf } from '../panel-routes.js';
import { AllowAccountDto } from './operator.dto.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** On which accounts that another merchant has a merchant may receive as well: the operator's word. */
@Controller('api/panel/v1/operator/merchants/:id/shared-accounts')
export class SharedAccountsController {
  private readonly accounts: SharedAccountsStore;

  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(GATEWAY_DATABASE) private readonly database: Database,
  ) {
    this.accounts = new SharedAccountsStore(database, desk.clock);
  }

  @Get()
  async list(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.desk.door.admitOperator(request, reply, accessOf(request)!);
    const { id } = request.params;
    if (!isUuid(id) || (await this.desk.merchants.find({ merchantId: id, livemode: true })) === null) throw notFound();
    sendAnswer(reply, dataAnswer(200, await this.accounts.list(id)));
  }

  /** Said twice it is said once. */
  @Post()
  async allow(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await this.desk.door.admitOperator(request, reply, accessOf(request)!);
    const { provider, number, reason } = readFields(request, AllowAccountDto);
    const { id: merchantId } = request.params;
    if (!isUuid(merchantId)) throw notFound();
    await this.database.transaction(async (tx) => {
      if (!(await this.accounts.allow({ merchantId, provider, number }, tx))) throw notFound();
      const change = {
        merchantId,
        action: 'shared account allowed',
        subject: merchantId,
        after: { provider, number },
        reason,
      };
      await this.desk.people.audit.write(actorOfSession(request, session), change, tx);
    });
    sendAnswer(reply, dataAnswer(200, await this.accounts.list(merchantId)));
  }
}
