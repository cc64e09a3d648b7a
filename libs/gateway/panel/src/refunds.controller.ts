import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatMinor, isUuid } from '@paymatch/contracts';
import { sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { RefundPage, RefundPlace } from '@paymatch/gateway-read-models';
import { admit, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { readLimit, readMoment } from './panel-query.js';
import { spelledIn } from './payment-spelling.js';

/** Money that was sent back. */
@Controller('api/panel/v1/refunds')
export class RefundsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    const query = request.query as Readonly<Record<string, unknown>>;
    const { refunds, next } = await this.desk.refundBook.list({
      merchantId,
      livemode,
      from: readMoment(query, 'from'),
      to: readMoment(query, 'to'),
      after: readPlace(query['after']),
      limit: readLimit(query['limit']),
    });
    const body = { data: refunds.map(renderRefund), next: next === null ? null : placeText(next) };
    sendAnswer(reply, { status: 200, body: JSON.stringify(body) });
  }
}

function placeText({ createdAt, paymentId, version }: RefundPlace): string {
  return `${createdAt}_${paymentId}_${version}`;
}

function readPlace(text: unknown): RefundPlace | null {
  if (text === undefined) return null;
  const [createdAt = '', paymentId = '', version = ''] = typeof text === 'string' ? text.split('_') : [];
  if (Number.isNaN(Date.parse(createdAt)) || !isUuid(paymentId) || !/^[1-9][0-9]{0,8}$/.test(version))
    throw validationProblem({ after: ['Send the next that an earlier page gave.'] });
  return { createdAt, paymentId, version: Number(version) };
}

function renderRefund({ id, amountMinor, source, createdAt, payment }: RefundPage['refunds'][number]): object {
  return {
    id,
    amount: formatMinor(amountMinor),
    currency: payment.currency,
    source,
    created_at: createdAt,
    payment: {
      id: spelledIn(payment.dialect, payment.id),
      status: payment.status,
      amount: formatMinor(payment.amountMinor),
      refunded_amount: formatMinor(payment.refundedMinor),
      invoice_id: payment.invoiceId,
    },
  };
}
