import { Controller, Inject, Post, Req, Res } from '@nestjs/common';
import { Validate } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  inEnvelope,
  newId,
  parseMinor,
  topics,
  type PaymentRefusalCode,
  type SimulateOutcome,
} from '@paymatch/contracts';
import type { Caller } from '@paymatch/gateway-access';
import {
  dataAnswer,
  described,
  FieldConstraint,
  json,
  Problem,
  readFields,
  validationProblem,
  type FieldRule,
} from '@paymatch/gateway-edge';
import { pretendedMessage } from '@paymatch/gateway-receiving';
import { Refusal } from '@paymatch/platform-messaging';
import { makePayment } from '../made-payment.js';
import { admit, notFound, PANEL_DESK, post, type PanelDesk } from '../panel-desk.js';
import { NoFieldsDto } from '../panel.dto.js';
import { amountRule, lineRule, readPaymentId } from '../panel.rules.js';
import { spelledIn } from '../payment-spelling.js';

const OUTCOMES: readonly string[] = ['complete', 'fail', 'expire', 'review'] satisfies SimulateOutcome['outcome'][];

/** As contract A has it. */
const AMOUNT_MAX_MINOR = 999_999_999;
const BODY_MAX = 4_000;
/** A message may have more than one line. */
const bodyRule: FieldRule = described(json.text({ minLength: 1, maxLength: BODY_MAX }), (value) =>
  typeof value === 'string' && value.trim() !== '' && value.length <= BODY_MAX
    ? null
    : `Send a message of 1 to ${BODY_MAX} characters.`,
);

export class PretendedMessageDto {
  @Validate(FieldConstraint, [lineRule('sender', 64)]) sender!: string;
  @Validate(FieldConstraint, [bodyRule]) body!: string;
}

export class TestPaymentDto {
  @Validate(FieldConstraint, [amountRule]) amount!: string;
}

/** What a person makes happen in test mode, where no money is; live mode has none of it. */
@Controller('api/panel/v1/test')
export class TestModeController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** A payment as a shop would make one. */
  @Post('payments')
  async create(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await this.admitTester(request, reply);
    const amountMinor = parseMinor(readFields(request, TestPaymentDto).amount) ?? 0;
    if (amountMinor > AMOUNT_MAX_MINOR) throw validationProblem({ amount: ['The amount may be at most 9999999.99.'] });
    await post(this.desk, { request, reply, caller }, (operationId) =>
      makePayment(this.desk, caller, { operationId, correlationId: request.id, amountMinor, metadata: {} }),
    );
  }

  /** As if the money had come, a person had refused it, its time had ended, or the wrong sum had come. */
  @Post('payments/:id/:outcome')
  async simulate(
    @Req() request: FastifyRequest<{ Params: { id: string; outcome: string } }>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const caller = await this.admitTester(request, reply);
    readFields(request, NoFieldsDto);
    const { id, outcome } = request.params;
    const paymentId = readPaymentId(id);
    if (paymentId === undefined || !OUTCOMES.includes(outcome)) throw notFound();
    const { merchantId } = caller;
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const command: SimulateOutcome = {
        type: 'SimulateOutcome',
        commandId: operationId,
        paymentId,
        merchantId,
        livemode: false,
        now: new Date(this.desk.clock.nowMs()).toISOString(),
        outcome: outcome as SimulateOutcome['outcome'],
      };
      const sent = this.desk.paymentCommands.send(command, { correlationId: request.id });
      const { payment } = await sent.catch((error: unknown) => {
        throw error instanceof Refusal ? problemOf(error) : error;
      });
      return dataAnswer(200, { id: spelledIn(payment.dialect, payment.id), status: payment.status });
    });
  }

  /** As if a phone of the merchant's had got this message for any of their test wallets. */
  @Post('messages')
  async message(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await this.admitTester(request, reply);
    const said = readFields(request, PretendedMessageDto);
    await post(this.desk, { request, reply, caller }, async () => {
      const rawId = newId();
      const arrivedAt = new Date(this.desk.clock.nowMs()).toISOString();
      const { merchantId, merchant } = caller;
      const wallets = await this.desk.wallets.active(merchantId, false);
      const about = { rawId, merchantId, toleranceMinor: merchant.amountToleranceMinor, wallets, arrivedAt };
      const { data, key } = pretendedMessage(said, about);
      await this.desk.bus.publish(topics.creditsReceived.name, [
        inEnvelope(data, { id: rawId, source: 'api-gateway', key, time: arrivedAt, correlationId: request.id }),
      ]);
      return dataAnswer(202, { id: rawId, status: 'accepted' });
    });
  }

  private async admitTester(request: FastifyRequest, reply: FastifyReply): Promise<Caller> {
    const caller = await admit(this.desk, { request, reply });
    if (caller.livemode) throw notFound();
    return caller;
  }
}

function problemOf(refusal: Refusal): Error {
  switch (refusal.code as PaymentRefusalCode) {
    case 'PAYMENT_NOT_FOUND':
      return notFound();
    case 'PAYMENT_CLOSED':
      return new Problem(409, 'payment-closed', { detail: 'This payment has ended already.' });
    default:
      return refusal;
  }
}
