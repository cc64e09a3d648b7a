import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatMinor, dhakaTime, renderFastaarPayment, uuidToUlid, type PaymentSnapshot } from '@paymatch/contracts';
import { answerOnce, answerSafely, dataAnswer, sendAnswer, SubscriptionRefused } from '@paymatch/gateway-edge';
import type { Caller } from '@paymatch/gateway-access';
import { admit, FASTAAR_DESK, findPayment, type FastaarDesk } from './fastaar-desk.js';
import { FastaarError, validationError } from './fastaar.errors.js';
import { pageBody, readPaymentsQuery } from './page-query.js';
import { createCommand, readCreateRequest, readRefundRequest, type CreateRequest } from './payment-requests.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Contract A: `/api/v1/payments`. */
@Controller('api/v1/payments')
export class PaymentsController {
  constructor(@Inject(FASTAAR_DESK) private readonly desk: FastaarDesk) {}

  @Post()
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply }, 'payments:write');
    const { allowHttpUrls } = this.desk.settings;
    const create = readCreateRequest({ request, reply }, { caller, allowHttpUrls });
    await this.checkCustomer(caller, create);
    const correlationId = request.id;
    sendAnswer(
      reply,
      await answerOnce({ store: this.desk.idempotency, request, caller }, async (operationId) => {
        const existing = await this.existingWithoutSubscription(caller, create);
        const { outcome, payment } =
          existing ??
          (await this.desk.payments.send(
            createCommand(create, { caller, operationId, nowMs: this.desk.clock.nowMs() }),
            { correlationId },
          ));
        if (outcome !== 'existing') return dataAnswer(201, this.render(payment));
        if (create.isRepeatAConflict) throw this.duplicateInvoice(payment);
        return dataAnswer(200, this.render(payment), true);
      }),
    );
  }

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply }, 'payments:read');
    const raw = request.query as Record<string, unknown>;
    const query = readPaymentsQuery(raw);
    const { merchantId, livemode } = caller;
    const { payments, total } = await this.desk.readModel.list({
      ...query,
      merchantId,
      livemode,
      dialect: 'fastaar',
      nowMs: this.desk.clock.nowMs(),
    });
    const body = pageBody(
      payments.map((payment) => this.render(payment)),
      { ...query, total, query: raw, path: `${this.desk.settings.publicUrl}/api/v1/payments` },
    );
    sendAnswer(reply, { status: 200, body: JSON.stringify(body) });
  }

  @Get(':id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply }, 'payments:read');
    sendAnswer(reply, dataAnswer(200, this.render(await findPayment(this.desk, caller, request.params.id))));
  }

  @Post(':id/refund')
  async refund(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply }, 'payments:refund');
    const amountMinor = readRefundRequest({ request, reply });
    const { id: paymentId } = await findPayment(this.desk, caller, request.params.id);
    const { merchantId, livemode } = caller;
    const correlationId = request.id;
    const subject = `refund ${paymentId} ${amountMinor ?? 'all'}`;
    sendAnswer(
      reply,
      await answerSafely({ store: this.desk.idempotency, request, caller, subject }, async (operationId) => {
        const now = new Date(this.desk.clock.nowMs()).toISOString();
        const { payment } = await this.desk.payments.send(
          {
            type: 'RecordRefund',
            commandId: operationId,
            paymentId,
            merchantId,
            livemode,
            now,
            amountMinor,
            source: 'api',
          },
          { correlationId },
        );
        return dataAnswer(200, this.render(payment));
      }),
    );
  }

  @Get(':id/refunds')
  async refunds(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply }, 'payments:read');
    const { id: paymentId } = await findPayment(this.desk, caller, request.params.id);
    const refunds = await this.desk.readModel.refunds({
      merchantId: caller.merchantId,
      livemode: caller.livemode,
      paymentId,
    });
    sendAnswer(
      reply,
      dataAnswer(
        200,
        refunds.map(({ id, amountMinor, source, createdAt }) => ({
          id,
          amount: formatMinor(amountMinor),
          source,
          created_at: dhakaTime(createdAt),
        })),
      ),
    );
  }

  /**
   * A repeat whose first answer was lost creates nothing: it is answered though nothing new may be created. Throws
   * `SubscriptionRefused`.
   */
  private async existingWithoutSubscription(
    caller: Caller,
    { invoiceId }: CreateRequest,
  ): Promise<{ readonly outcome: 'existing'; readonly payment: PaymentSnapshot } | null> {
    const { merchantId, livemode } = caller;
    const { readModel, subscriptions, clock } = this.desk;
    try {
      await subscriptions.admitPayment(caller, (since) => readModel.createdSince({ merchantId, livemode, since }));
      return null;
    } catch (error) {
      if (!(error instanceof SubscriptionRefused) || invoiceId === null) throw error;
      const key = { merchantId, livemode, dialect: 'fastaar', invoiceId, status: null } as const;
      const { payments } = await readModel.list({ ...key, perPage: 1, page: 1, nowMs: clock.nowMs() });
      const payment = payments.find(({ status }) => !['failed', 'expired', 'refunded'].includes(status));
      if (payment === undefined) throw error;
      return { outcome: 'existing', payment };
    }
  }

  private async checkCustomer(caller: Caller, create: CreateRequest): Promise<void> {
    const { customer_id: id } = create.dto;
    if (typeof id !== 'number') return;
    if ((await this.desk.customers.find(caller, id)) === null)
      throw validationError({ customer_id: ['There is no customer with this id; create one with POST /customers.'] });
  }

  private duplicateInvoice(payment: PaymentSnapshot): FastaarError {
    return new FastaarError(409, 'duplicate_invoice_number', {
      message:
        'A payment for this invoice_number exists already; a new one can be created once it has failed or expired.',
      paymentId: uuidToUlid(payment.id),
    });
  }

  private render(payment: PaymentSnapshot): ReturnType<typeof renderFastaarPayment> {
    return renderFastaarPayment(payment, this.desk.settings.publicUrl, this.desk.clock.nowMs());
  }
}
