import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatMinor, parseMinor, type PaymentRefusalCode } from '@paymatch/contracts';
import { answerSafely, dataAnswer, Problem, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import { Refusal } from '@paymatch/platform-messaging';
import { actorOf, admit, notFound, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { RefundDto, WhyDto } from './panel.dto.js';
import { spelledIn } from './payment-spelling.js';
import { readPaymentId } from './panel.rules.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** What a person decides about a payment. */
@Controller('api/panel/v1/payments')
export class PaymentsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** Money that was sent back outside the gateway: a part, or without `amount` all that remains. */
  @Post(':id/refund')
  async refund(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { amount, reason } = readFields(request, RefundDto);
    const amountMinor = amount === undefined ? null : parseMinor(amount)!;
    const paymentId = readPaymentId(request.params.id);
    if (paymentId === undefined) throw notFound();
    const { merchantId, livemode } = caller;
    const subject = `refund ${paymentId} ${amountMinor ?? 'all'}`;
    const context = { store: this.desk.idempotency, request, caller, subject };
    const answer = await answerSafely(context, async (operationId) => {
      const now = new Date(this.desk.clock.nowMs()).toISOString();
      const command = {
        commandId: operationId,
        paymentId,
        merchantId,
        livemode,
        now,
        amountMinor,
        note: reason,
      } as const;
      const sent = this.desk.paymentCommands.send(
        { ...command, type: 'RecordRefund', source: 'panel' },
        { correlationId: request.id },
      );
      const { payment } = await sent.catch((error: unknown) => {
        throw error instanceof Refusal ? problemOf(error) : error;
      });
      return dataAnswer(200, {
        id: spelledIn(payment.dialect, payment.id),
        livemode: payment.livemode,
        status: payment.status,
        amount: formatMinor(payment.amountMinor),
        refunded_amount: formatMinor(payment.refundedMinor),
        currency: payment.currency,
        updated_at: payment.updatedAt,
      });
    });
    sendAnswer(reply, answer);
  }

  /**
   * Refuses an open payment for good: contract B calls it `denied`. Money that comes for it all the same is a review
   * case.
   */
  @Post(':id/deny')
  async deny(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { reason } = readFields(request, WhyDto);
    const paymentId = readPaymentId(request.params.id);
    if (paymentId === undefined) throw notFound();
    const { merchantId, livemode } = caller;
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const now = new Date(this.desk.clock.nowMs()).toISOString();
      try {
        const { payment } = await this.desk.paymentCommands.send(
          {
            type: 'FailPayment',
            commandId: operationId,
            paymentId,
            merchantId,
            livemode,
            now,
            reason: 'rejected_by_admin',
            trxId: null,
            decidedBy: actorOf(caller),
            note: reason,
          },
          { correlationId: request.id },
        );
        return dataAnswer(200, {
          id: spelledIn(payment.dialect, payment.id),
          livemode: payment.livemode,
          status: payment.status,
          failure_reason: payment.failureReason,
          updated_at: payment.updatedAt,
        });
      } catch (error) {
        throw error instanceof Refusal ? problemOf(error) : error;
      }
    });
  }
}

function problemOf(refusal: Refusal): Error {
  switch (refusal.code as PaymentRefusalCode) {
    case 'PAYMENT_NOT_FOUND':
      return notFound();
    case 'PAYMENT_NOT_REFUNDABLE':
      return new Problem(409, 'payment-not-refundable', {
        detail: 'Only a completed payment with something left to refund can be refunded.',
      });
    case 'REFUND_EXCEEDS_REMAINING':
      return validationProblem({ amount: ['This is more than what remains of the payment.'] });
    case 'PAYMENT_CLOSED':
      return new Problem(409, 'payment-closed', { detail: 'Only an open payment can be denied.' });
    default:
      return refusal;
  }
}
