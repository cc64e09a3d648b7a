import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dataAnswer, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { Wallet } from '@paymatch/gateway-receiving';
import { walletFaults } from '@paymatch/vocabulary';
import { admit, notFound, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { AddWalletDto, NoFieldsDto } from './panel.dto.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** The accounts money arrives on. */
@Controller('api/panel/v1')
export class ReceivingController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get('wallets')
  async wallets(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    sendAnswer(reply, dataAnswer(200, (await this.desk.wallets.list(merchantId, livemode)).map(renderWallet)));
  }

  @Post('wallets')
  async addWallet(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { merchantId, livemode } = caller;
    const { provider, number, account_type: accountType } = readFields(request, AddWalletDto);
    const faults = Object.entries(walletFaults({ provider, number, accountType }));
    if (faults.length > 0)
      throw validationProblem(Object.fromEntries(faults.map(([field, fault]) => [field, [fault]])));
    await post(this.desk, { request, reply, caller }, async () => {
      const { length: present } = await this.desk.wallets.active(merchantId, livemode);
      await this.desk.subscriptions.admitOneMore(caller, 'wallets', present);
      const added = { merchantId, livemode, provider, number, accountType };
      return dataAnswer(201, renderWallet(await this.desk.wallets.add(added)));
    });
  }

  @Post('wallets/:id/close')
  async closeWallet(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    const wallet = await this.desk.wallets.close({ merchantId, livemode, walletId: request.params.id });
    if (wallet === null) throw notFound();
    sendAnswer(reply, dataAnswer(200, renderWallet(wallet)));
  }
}

function renderWallet(wallet: Wallet): object {
  const { id, livemode, provider, number, status } = wallet;
  return { id, livemode, provider, number, account_type: wallet.accountType, status };
}
