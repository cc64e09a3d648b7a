import { Controller, Get, Inject, Param, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { PaymentSnapshot, SimulateOutcome } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CheckoutDesk } from './checkout.desk.js';
import { CheckoutFilter } from './checkout.filter.js';
import { CheckoutGate } from './checkout.gate.js';
import { CheckoutProblem } from './checkout-problem.js';
import { sendPage, sendSeeOther } from './page-reply.js';
import { TrxSubmission } from './trx-submission.js';
import { formField } from './visitor.js';
import { cancelView } from './views/outcome.view.js';
import { paymentView } from './views/payment.view.js';

const outcomes: readonly SimulateOutcome['outcome'][] = ['complete', 'fail', 'expire'];

/** The customer's pages and forms (contract A, Checkout). */
@Controller('pay')
@UseFilters(CheckoutFilter)
export class CheckoutController {
  constructor(
    @Inject(CheckoutDesk) private readonly desk: CheckoutDesk,
    @Inject(CheckoutGate) private readonly gate: CheckoutGate,
    @Inject(TrxSubmission) private readonly trxSubmission: TrxSubmission,
  ) {}

  @Get(':ulid')
  async show(@Param('ulid') ulid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const visitor = this.gate.visitor(request);
    const payment = await this.desk.find(ulid);
    const walletId = formField(request.query, 'wallet');
    const page = await this.desk.layOut(payment, visitor, {
      walletId,
      isRetyping: formField(request.query, 'change') === '1',
      isStaying: formField(request.query, 'stay') === '1',
    });
    const view = paymentView(page);
    if (view === null) throw new CheckoutProblem('other_method');
    if (isSeen(request)) this.desk.noteOpening(payment);
    sendPage(reply, visitor, { status: 200, page: view });
  }

  @Post(':ulid/trx')
  async submitTrx(
    @Param('ulid') ulid: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = this.gate.formVisitor(request);
    await this.gate.countFromAddress(request);
    const payment = await this.desk.find(ulid);
    await this.gate.countForPayment(payment);
    if (payment.method !== 'wallet') throw new CheckoutProblem('other_method');
    const form = {
      walletId: formField(request.body, 'wallet_id'),
      trxId: formField(request.body, 'trx_id'),
      senderNumber: formField(request.body, 'sender_number'),
    };
    const answer = this.desk.isOpen(payment) ? await this.trxSubmission.submit(payment, form, visitor) : 'see_other';
    if (answer === 'see_other') sendSeeOther(reply, this.desk.pathOf(payment));
    else sendPage(reply, visitor, answer);
  }

  /** Whoever reloads the answer of a form from the address bar asks for it with GET. */
  @Get([':ulid/trx', ':ulid/simulate'])
  async backToPage(@Param('ulid') ulid: string, @Res() reply: FastifyReply): Promise<void> {
    sendSeeOther(reply, this.desk.pathOf(await this.desk.find(ulid)));
  }

  /** Asks once more: one wrong tap must not lose an order. */
  @Get(':ulid/cancel')
  async askToCancel(
    @Param('ulid') ulid: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const visitor = this.gate.visitor(request);
    const payment = await this.desk.find(ulid);
    const page = await this.desk.layOut(payment, visitor);
    if (page.phase === 'pending' && isCancellable(payment))
      sendPage(reply, visitor, { status: 200, page: cancelView(page) });
    else sendSeeOther(reply, page.path);
  }

  @Post(':ulid/cancel')
  async cancel(@Param('ulid') ulid: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    this.gate.formVisitor(request);
    const payment = await this.desk.find(ulid);
    if (!isCancellable(payment)) throw new CheckoutProblem('other_method');
    await unlessClosed(
      this.desk.send(payment, { type: 'FailPayment', reason: 'cancelled_by_customer', trxId: null, decidedBy: null }),
    );
    sendSeeOther(reply, this.desk.pathOf(payment));
  }

  /** Exists for test payments only. */
  @Post(':ulid/simulate')
  async simulate(
    @Param('ulid') ulid: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    this.gate.formVisitor(request);
    const payment = await this.desk.find(ulid);
    const outcome = outcomes.find((candidate) => candidate === formField(request.body, 'outcome'));
    if (payment.livemode || outcome === undefined) throw new CheckoutProblem('not_found');
    await unlessClosed(this.desk.send(payment, { type: 'SimulateOutcome', outcome }));
    sendSeeOther(reply, this.desk.pathOf(payment));
  }
}

/**
 * Whether somebody looks at the page: browsers say so of what they fetch for a script, as the console does for its
 * preview, and of what they fetch in advance.
 */
function isSeen({ method, headers }: FastifyRequest): boolean {
  const destination = headers['sec-fetch-dest'] ?? 'document';
  return method === 'GET' && destination === 'document' && headers['sec-purpose'] === undefined;
}

/** Contract B's `denied` is an operator's word: its customers simply do not pay. */
function isCancellable(payment: PaymentSnapshot): boolean {
  return payment.method === 'wallet';
}

/** A payment that ended in the meantime needs no message of its own: its page shows how. */
async function unlessClosed(sent: Promise<unknown>): Promise<void> {
  try {
    await sent;
  } catch (error) {
    if (error instanceof Refusal && (error.code === 'PAYMENT_CLOSED' || error.code === 'PAYMENT_EXPIRED')) return;
    throw error;
  }
}
