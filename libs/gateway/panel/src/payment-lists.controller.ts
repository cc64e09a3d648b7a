import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatMinor, isUuid, type PaymentSnapshot, type ReviewCase } from '@paymatch/contracts';
import { dataAnswer, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { Caller } from '@paymatch/gateway-access';
import type { PaymentTotals } from '@paymatch/gateway-read-models';
import { phonesOfWallet } from './asked-phones.js';
import { admit, askCredits, notFound, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { readLimit } from './panel-query.js';
import { readPaymentId } from './panel.rules.js';
import { readPaymentFilter } from './payment-query.js';
import { renderListedPayment, renderMissing, renderWholePayment } from './payment.view.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Payments of both contracts, as a merchant's people look for them. */
@Controller('api/panel/v1/payments')
export class PaymentListsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** Newest first, with the totals of all that is asked for on the first page. */
  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const query = request.query as Readonly<Record<string, unknown>>;
    const filter = readPaymentFilter(caller, query);
    const after = readAfter(query['after']);
    const limit = readLimit(query['limit']);
    const [{ payments, next }, totals] = await Promise.all([
      this.desk.finder.find(filter, { after, limit }),
      after === null ? this.desk.finder.totals(filter) : null,
    ]);
    const body = {
      data: payments.map(renderListedPayment),
      next,
      totals: totals === null ? null : renderTotals(totals),
    };
    sendAnswer(reply, { status: 200, body: JSON.stringify(body) });
  }

  @Get(':id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const payment = await existing(this.desk, caller, request.params.id);
    const { merchantId, livemode } = caller;
    const [cases, phones] = await Promise.all([
      payment.reviewReason === null
        ? []
        : askCredits<readonly ReviewCase[]>(
            this.desk,
            {
              type: 'ListReviewCases',
              merchantId,
              livemode,
              status: 'open',
              reason: null,
              limit: 1,
              before: null,
              paymentId: payment.id,
            },
            { correlationId: request.id },
          ),
      payment.status === 'awaiting_verification' ? phonesOfWallet(this.desk, payment) : [],
    ]);
    const missing = renderMissing(payment, { phones, openCase: cases[0] ?? null });
    sendAnswer(reply, dataAnswer(200, { ...renderWholePayment(payment, this.desk.publicUrl), missing }));
  }
}

/** Another merchant's payment, or the other mode's, is no payment at all. */
export async function existing(desk: PanelDesk, caller: Caller, id: string): Promise<PaymentSnapshot> {
  const paymentId = readPaymentId(id);
  const { merchantId, livemode } = caller;
  const payment = paymentId === undefined ? null : await desk.payments.find({ merchantId, livemode, paymentId });
  if (payment === null) throw notFound();
  return payment;
}

/** A list's `next`. */
export function readAfter(text: unknown): string | null {
  if (text === undefined) return null;
  if (typeof text !== 'string' || !isUuid(text))
    throw validationProblem({ after: ['Send the next that an earlier page gave.'] });
  return text;
}

function renderTotals({ count, isExact, byCurrency }: PaymentTotals): object {
  return {
    count,
    is_exact: isExact,
    by_currency: byCurrency.map(({ currency, count: n, amountMinor }) => ({
      currency,
      count: n,
      amount: formatMinor(amountMinor),
    })),
  };
}
