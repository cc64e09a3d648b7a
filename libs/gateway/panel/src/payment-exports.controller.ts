import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatMinor } from '@paymatch/contracts';
import { csvTime, readZone, streamCsv } from './csv-answer.js';
import { admit, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { readPaymentFilter } from './payment-query.js';
import { spelledIn } from './payment-spelling.js';

const PAGE = 500;

@Controller('api/panel/v1')
export class PaymentExportsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** All that the list of payments has under the same filters. */
  @Get('payments.csv')
  async export(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const query = request.query as Readonly<Record<string, unknown>>;
    const filter = await readPaymentFilter(this.desk, caller, query);
    const zone = readZone(query);
    await streamCsv(reply, {
      fileName: 'payments',
      columns: [
        'id',
        `created_at (${zone})`,
        `completed_at (${zone})`,
        'status',
        'amount',
        'refunded_amount',
        'received_amount',
        'currency',
        'method',
        'source',
        'provider',
        'trx_id',
        'sender_number',
        'wallet_number',
        'invoice_id',
        'customer_id',
        'failure_reason',
        'review_reason',
      ],
      page: async (after) => {
        const { payments, next } = await this.desk.finder.find(filter, { after, limit: PAGE });
        return { items: payments, next };
      },
      line: (payment) => [
        spelledIn(payment.dialect, payment.id),
        csvTime(payment.createdAt, zone),
        csvTime(payment.completedAt, zone),
        payment.status,
        formatMinor(payment.amountMinor),
        formatMinor(payment.refundedMinor),
        (payment.receivedMinor ?? null) === null ? null : formatMinor(payment.receivedMinor!),
        payment.currency,
        payment.method,
        payment.source,
        payment.provider,
        payment.trxId,
        payment.senderNumber,
        payment.walletNumber,
        payment.invoiceId,
        payment.customerId,
        payment.failureReason,
        payment.reviewReason,
      ],
    });
  }
}
