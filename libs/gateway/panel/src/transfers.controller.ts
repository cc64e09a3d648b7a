import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parseMinor, type EnterCredit, type ReviewCase } from '@paymatch/contracts';
import type { Caller } from '@paymatch/gateway-access';
import { dataAnswer, readFields } from '@paymatch/gateway-edge';
import { currencyOfProvider } from '@paymatch/vocabulary';
import { actorOf, admit, askCredits, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { EnterTransferDto } from './panel.dto.js';
import { requirePayable } from './payable.js';
import { readPaymentId } from './panel.rules.js';
import { renderCase } from './review-case.view.js';

/** Contract B's money that a person saw on the account and no bank has told of. */
@Controller('api/panel/v1/transfers')
export class TransfersController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** Answers the case that keeps its history; above the limit that is a proposal, which a second person confirms. */
  @Post()
  async enter(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const fields = readFields(request, EnterTransferDto);
    const { merchantId, livemode } = caller;
    const paymentId = fields.payment_id === undefined ? null : readPaymentId(fields.payment_id)!;
    const now = new Date(this.desk.clock.nowMs()).toISOString();
    const walletNumber = await this.ownAccount(caller, fields.method);
    const command = (commandId: string): EnterCredit => ({
      type: 'EnterCredit',
      commandId,
      merchantId,
      livemode,
      actor: actorOf(caller),
      now,
      note: fields.note,
      caseId: null,
      paymentId,
      credit: {
        provider: fields.method,
        walletId: fields.method,
        walletNumber,
        toleranceMinor: 0,
        trxId: fields.transfer_id.replace(/\s/g, '').toUpperCase(),
        amountMinor: parseMinor(fields.amount)!,
        currency: currencyOfProvider(fields.method),
        senderNumber: fields.payer ?? null,
        receivedAt:
          fields.received_at === undefined || fields.received_at === null
            ? now
            : new Date(fields.received_at).toISOString(),
      },
    });
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      if (paymentId !== null) await requirePayable(this.desk, caller, paymentId);
      const asked = { operationId, correlationId: request.id };
      return dataAnswer(201, renderCase(await askCredits<ReviewCase>(this.desk, command(operationId), asked)));
    });
  }

  /** The Pix key the money must have come to: it is looked up, never sent, so that nobody names another's. */
  private async ownAccount(caller: Caller, method: EnterTransferDto['method']): Promise<string> {
    return method === 'pix' ? ((await this.desk.accounts.pix(caller))?.pixKey ?? method) : method;
  }
}
