import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerOnce, IDEMPOTENCY, type IdempotencyStore } from '@paymatch/gateway-edge';
import {
  createdPayment,
  paymentAnswer,
  paymentRow,
  transactionAnswer,
  transactionRow,
} from './answers/payment-answers.js';
import type { PaymentCreation } from './payment-creation.js';
import { readPaymentListRequest, readTransactionListRequest } from './requests/list-request.js';
import { readPaymentRequest } from './requests/payment-request.js';
import { SMARTFASTPAY_DESK, type SmartFastPayDesk } from './smartfastpay.desk.js';
import { sendBody } from './smartfastpay.face.js';

export const PAYMENT_CREATION = Symbol('PaymentCreation');

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Contract B: payments, and the same payments as transactions. */
@Controller()
export class PaymentsController {
  constructor(
    @Inject(SMARTFASTPAY_DESK) private readonly desk: SmartFastPayDesk,
    @Inject(PAYMENT_CREATION) private readonly creation: PaymentCreation,
    @Inject(IDEMPOTENCY) private readonly idempotency: IdempotencyStore,
  ) {}

  @Post('payment')
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await this.desk.admit(request, reply, 'payments:write');
    const asked = readPaymentRequest(request);
    // The key's own operation id is not used: `transaction.id` makes the payment one, whatever becomes of an answer.
    const { status, body } = await answerOnce({ store: this.idempotency, request, caller }, async () => {
      const { payment, isNew } = await this.creation.create(asked, { caller, correlationId: request.id });
      return { status: isNew ? 201 : 200, body: JSON.stringify(createdPayment(payment, this.desk.place())) };
    });
    sendBody({ request, reply }, status, { data: JSON.parse(body) as unknown });
  }

  @Get('payment/:id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await this.desk.admit(request, reply, 'payments:read');
    sendBody({ request, reply }, 200, { data: await this.desk.find(caller, request.params.id, paymentAnswer) });
  }

  @Get('payments')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await this.desk.admit(request, reply, 'payments:read');
    sendBody(
      { request, reply },
      200,
      await this.desk.list(caller, request.query, { read: readPaymentListRequest, row: paymentRow }),
    );
  }

  @Get('transaction/:id')
  async showTransaction(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await this.desk.admit(request, reply, 'payments:read');
    sendBody({ request, reply }, 200, { data: await this.desk.find(caller, request.params.id, transactionAnswer) });
  }

  @Get('transactions')
  async listTransactions(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await this.desk.admit(request, reply, 'payments:read');
    sendBody(
      { request, reply },
      200,
      await this.desk.list(caller, request.query, { read: readTransactionListRequest, row: transactionRow }),
    );
  }
}
