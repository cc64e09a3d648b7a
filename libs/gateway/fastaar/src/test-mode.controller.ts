import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { inEnvelope, newId, renderFastaarPayment, type SimulateOutcome, topics } from '@paymatch/contracts';
import { dataAnswer, sendAnswer } from '@paymatch/gateway-edge';
import { pretendedMessage } from '@paymatch/gateway-receiving';
import { readBody } from './body-validation.js';
import { admitTester, FASTAAR_DESK, findPayment, type FastaarDesk } from './fastaar-desk.js';
import { notFound } from './fastaar.errors.js';
import { TestMessageDto } from './payments.dto.js';

const OUTCOMES: readonly string[] = ['complete', 'fail', 'expire', 'review'] satisfies SimulateOutcome['outcome'][];

/** What a shop's developer makes happen in test mode, where no money is. */
@Controller('api/v1/test')
export class TestModeController {
  constructor(@Inject(FASTAAR_DESK) private readonly desk: FastaarDesk) {}

  /** As if the money had come, a person had refused it, its time had ended, or the wrong sum had come. */
  @Post('payments/:id/:outcome')
  async simulate(
    @Req() request: FastifyRequest<{ Params: { id: string; outcome: string } }>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const caller = await admitTester(this.desk, { request, reply }, 'payments:write');
    const { id, outcome } = request.params;
    if (!OUTCOMES.includes(outcome)) throw notFound();
    const { merchantId, livemode, ...found } = await findPayment(this.desk, caller, id);
    const nowMs = this.desk.clock.nowMs();
    const { payment } = await this.desk.payments.send(
      {
        type: 'SimulateOutcome',
        commandId: newId(),
        paymentId: found.id,
        merchantId,
        livemode,
        now: new Date(nowMs).toISOString(),
        outcome: outcome as SimulateOutcome['outcome'],
      },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderFastaarPayment(payment, this.desk.settings.publicUrl, nowMs)));
  }

  /** As if a phone of the merchant's had got this message for any of their test wallets. */
  @Post('messages')
  async message(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admitTester(this.desk, { request, reply }, 'payments:write');
    const { sender, body } = readBody({ request, reply }, TestMessageDto);
    const arrivedAt = new Date(this.desk.clock.nowMs()).toISOString();
    const wallets = await this.desk.wallets.active(caller.merchantId, false);
    const rawId = newId();
    const { merchantId, merchant } = caller;
    const about = { rawId, merchantId, toleranceMinor: merchant.amountToleranceMinor, wallets, arrivedAt };
    const { data, key } = pretendedMessage({ sender, body }, about);
    await this.desk.bus.publish(topics.creditsReceived.name, [
      inEnvelope(data, {
        id: rawId,
        source: 'api-gateway',
        key,
        time: arrivedAt,
        correlationId: request.id,
      }),
    ]);
    sendAnswer(reply, dataAnswer(202, { id: rawId, status: 'accepted' }));
  }
}
