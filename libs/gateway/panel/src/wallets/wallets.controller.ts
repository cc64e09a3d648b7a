import { Controller, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '@paymatch/gateway-access';
import { dataAnswer, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { Wallet } from '@paymatch/gateway-receiving';
import { walletFaults } from '@paymatch/vocabulary';
import { makePayment } from '../made-payment.js';
import { admit, notFound, PANEL_DESK, post, type PanelDesk } from '../panel-desk.js';
import { NoFieldsDto } from '../panel.dto.js';
import { renderWallets } from './wallet.view.js';
import { AddWalletDto, ChangeWalletDto, readLimits } from './wallets.dto.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** One taka: small enough to be sent to see that it arrives. */
const TRIAL_MINOR = 100;

/** The accounts money arrives on. */
@Controller('api/panel/v1/wallets')
export class WalletsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async wallets(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const wallets = await this.desk.wallets.list(caller.merchantId, caller.livemode);
    sendAnswer(reply, dataAnswer(200, await renderWallets(this.desk, caller, wallets)));
  }

  @Post()
  async addWallet(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { merchantId, livemode } = caller;
    const said = readFields(request, AddWalletDto);
    const { provider, number, account_type: accountType, account_name: accountName = null } = said;
    const faults = Object.entries(walletFaults({ provider, number, accountType }));
    if (faults.length > 0)
      throw validationProblem(Object.fromEntries(faults.map(([field, fault]) => [field, [fault]])));
    const limits = readLimits(said);
    await post(this.desk, { request, reply, caller }, async () => {
      const { length: present } = await this.desk.wallets.active(merchantId, livemode);
      await this.desk.subscriptions.admitOneMore(caller, 'wallets', present);
      const added = { merchantId, livemode, provider, number, accountType, accountName, limits };
      return dataAnswer(201, await this.render(caller, await this.desk.wallets.add(added)));
    });
  }

  @Patch(':id')
  async changeWallet(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const said = readFields(request, ChangeWalletDto);
    const before = await this.own(caller, request.params.id);
    const limits = readLimits(said, before.limits);
    const { account_name: accountName = before.accountName } = said;
    const changed = await this.desk.wallets.change({ ...caller, walletId: before.id }, { accountName, limits });
    if (changed === null) throw notFound();
    sendAnswer(reply, dataAnswer(200, await this.render(caller, changed)));
  }

  @Post(':id/close')
  async closeWallet(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    const wallet = await this.desk.wallets.close({ ...caller, walletId: request.params.id });
    if (wallet === null) throw notFound();
    sendAnswer(reply, dataAnswer(200, await this.render(caller, wallet)));
  }

  /** A payment of one taka to this wallet: whoever owns it sends it, and sees whether its message completes it. */
  @Post(':id/trial')
  async tryWallet(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    const wallet = await this.own(caller, request.params.id);
    if (wallet.status !== 'active') throw validationProblem({ id: ['This wallet is closed; nothing is sent to it.'] });
    await post(this.desk, { request, reply, caller }, (operationId) =>
      makePayment(this.desk, caller, {
        operationId,
        correlationId: request.id,
        amountMinor: TRIAL_MINOR,
        metadata: { trial: 'wallet', wallet: `${wallet.provider} ${wallet.number}` },
        walletId: wallet.id,
      }),
    );
  }

  private async own(caller: Caller, walletId: string): Promise<Wallet> {
    const wallet = await this.desk.wallets.find(walletId);
    const isOwn = wallet !== null && wallet.merchantId === caller.merchantId && wallet.livemode === caller.livemode;
    if (!isOwn) throw notFound();
    return wallet;
  }

  private async render(caller: Caller, wallet: Wallet): Promise<object> {
    const [rendered] = await renderWallets(this.desk, caller, [wallet]);
    return rendered!;
  }
}
