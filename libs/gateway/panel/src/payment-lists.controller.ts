import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  formatMinor,
  isUuid,
  type PaymentSnapshot,
  type ReviewCase,
  type CreditsAndCases,
  type WebhookDeliveryView,
} from '@paymatch/contracts';
import { dataAnswer, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { Caller } from '@paymatch/gateway-access';
import type { PaymentTotals } from '@paymatch/gateway-read-models';
import { phonesOfWallet } from './asked-phones.js';
import { admit, askCredits, askWebhooks, notFound, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { readLimit } from './panel-query.js';
import { readPaymentId } from './panel.rules.js';
import { renderMessage } from './credit.view.js';
import { readPaymentFilter } from './payment-query.js';
import { timelineOf, type TimelineEntry } from './payment-timeline.js';
import { renderListedPayment, renderMissing, renderWholePayment } from './payment.view.js';

const DELIVERIES_MAX = 100;

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
    const filter = await readPaymentFilter(this.desk, caller, query);
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

  /** All that is known of it, in the order of time: its facts, the messages, what people decided, and who was told. */
  @Get(':id/timeline')
  async timeline(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const payment = await existing(this.desk, caller, request.params.id);
    const { merchantId, livemode } = caller;
    const asked = { correlationId: request.id };
    const about = { merchantId, livemode, paymentId: payment.id };
    const [history, opening, creditsAndCases, deliveries] = await Promise.all([
      this.desk.histories.tell(about, asked),
      this.desk.openings.find(about),
      askCredits<CreditsAndCases>(this.desk, { type: 'TellOfPayment', ...about }, asked),
      askWebhooks<readonly WebhookDeliveryView[]>(
        this.desk,
        {
          type: 'ListDeliveries',
          ...about,
          endpointId: null,
          status: null,
          event: null,
          from: null,
          to: null,
          before: null,
          limit: DELIVERIES_MAX,
        },
        asked,
      ),
    ]);
    if (history === null) throw notFound();
    const entries = timelineOf({ facts: history.facts, opening, creditsAndCases, deliveries });
    sendAnswer(reply, dataAnswer(200, entries.map(renderEntry)));
  }

  /** The payment as it stood after the event that made it this version. */
  @Get(':id/as-of')
  async asOf(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const version = readVersion((request.query as Readonly<Record<string, unknown>>)['version']);
    const { id: paymentId } = await existing(this.desk, caller, request.params.id);
    const { merchantId, livemode } = caller;
    const history = await this.desk.histories.tell({ merchantId, livemode, paymentId }, { correlationId: request.id });
    const fact = history?.facts.find(({ payment }) => payment.version === version);
    if (fact === undefined) throw validationProblem({ version: ['The payment has no such version.'] });
    sendAnswer(reply, dataAnswer(200, renderWholePayment(fact.payment, this.desk.publicUrl)));
  }
}

function readVersion(text: unknown): number {
  if (typeof text !== 'string' || !/^[1-9][0-9]{0,8}$/.test(text))
    throw validationProblem({ version: ['Send the version of one of its events, a whole number from 1.'] });
  return Number(text);
}

function renderEntry({ id, at, kind, code, params, version, message }: TimelineEntry): object {
  return { id, at, kind, code, params, version, message: message === null ? null : renderMessage(message) };
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
