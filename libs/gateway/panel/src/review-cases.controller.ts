import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid, type CreditCommand, type EnterCredit, type ReviewCase } from '@paymatch/contracts';
import { dataAnswer, readFields, sendAnswer, validationProblem, type Answer } from '@paymatch/gateway-edge';
import type { Caller } from '@paymatch/gateway-access';
import { phonesAsked } from './asked-phones.js';
import { candidatesOf, renderCandidate } from './case-candidates.js';
import { entryOf } from './credit-entry.js';
import { readLimit, readMoment, readPayment, readWord } from './panel-query.js';
import { actorOf, admit, askCredits, PANEL_DESK, post, type Http, type PanelDesk } from './panel-desk.js';
import {
  AssignCaseDto,
  CompleteCaseDto,
  NoFieldsDto,
  RejectCaseDto,
  WhyDto,
  type EnterCreditDto,
} from './panel.dto.js';
import { requireOpen, requirePayable } from './payable.js';
import { providerRule, readPaymentId } from './panel.rules.js';
import { readCaseId, renderCase, renderCaseWithPayment } from './review-case.view.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Money and messages that wait for a person. */
@Controller('api/panel/v1/review-cases')
export class ReviewCasesController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { merchantId, livemode } = caller;
    const query = request.query as Record<string, unknown>;
    const { reason = null, before = null } = query;
    if (reason !== null && !(typeof reason === 'string' && /^[a-z_]{1,50}$/.test(reason)))
      throw validationProblem({ reason: ['Send one reason, e.g. amount_mismatch.'] });
    if (before !== null && !(typeof before === 'string' && isUuid(before)))
      throw validationProblem({ before: ['Send the id of the last case you have.'] });
    const caseIds = await this.heldCases(caller, query['holder']);
    const cases = await askCredits<readonly ReviewCase[]>(
      this.desk,
      {
        type: 'ListReviewCases',
        merchantId,
        livemode,
        status: readWord(query, 'status', ['open', 'closed']),
        reason,
        limit: readLimit(query['limit']),
        before,
        paymentId: readPayment(query),
        provider: readProvider(query),
        from: readMoment(query, 'from'),
        to: readMoment(query, 'to'),
        ...(caseIds !== null && { caseIds }),
      },
      { correlationId: request.id },
    );
    const holders = await this.desk.holders.find(
      caller,
      cases.map(({ id }) => id),
    );
    sendAnswer(
      reply,
      dataAnswer(
        200,
        cases.map((one) => renderCase(one, holders.get(one.id))),
      ),
    );
  }

  @Get(':id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    const found = await askCredits<ReviewCase>(
      this.desk,
      { type: 'GetReviewCase', merchantId, livemode, caseId: readCaseId(request) },
      { correlationId: request.id },
    );
    const payment =
      found.paymentId === null
        ? null
        : await this.desk.payments.find({ merchantId, livemode, paymentId: found.paymentId });
    const [phones, candidates, holders] = await Promise.all([
      phonesAsked(this.desk, found, payment),
      found.status === 'open' ? candidatesOf(this.desk, { merchantId, livemode }, found) : [],
      this.desk.holders.find({ merchantId, livemode }, [found.id]),
    ]);
    const shown = renderCaseWithPayment(found, { payment, phones, holder: holders.get(found.id) });
    sendAnswer(reply, dataAnswer(200, { ...shown, candidates: candidates.map(renderCandidate) }));
  }

  @Post(':id/assign')
  async assign(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { payment_id: given } = readFields(request, AssignCaseDto);
    const paymentId = readPaymentId(given);
    if (paymentId === undefined) throw validationProblem({ payment_id: ['Send the id of a payment.'] });
    await this.assignTo({ request, reply, caller }, paymentId);
  }

  /** Puts the money aside: it completes nothing until somebody claims it anew. */
  @Post(':id/ignore')
  async ignore(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { reason } = readFields(request, WhyDto);
    await this.decide({ request, reply, caller }, (decision) => ({ type: 'IgnoreCase', ...decision, reason }));
  }

  /** Fails the payment; money stays in the case. */
  @Post(':id/reject')
  async reject(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { reason, payment_id: given } = readFields(request, RejectCaseDto);
    const paymentId = given === undefined ? null : readPaymentId(given)!;
    await this.decide({ request, reply, caller }, async (decision) => {
      if (paymentId !== null) await requireOpen(this.desk, caller, paymentId);
      return { type: 'RejectPayment', ...decision, paymentId, reason };
    });
  }

  /**
   * Completes a payment by hand: with the money of this case, or with money that is entered here and has the case's
   * messages as evidence.
   */
  @Post(':id/complete')
  async complete(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const fields = readFields(request, CompleteCaseDto);
    const { merchantId, livemode } = caller;
    const caseId = readCaseId(request);
    const { paymentId: meant } = await askCredits<ReviewCase>(
      this.desk,
      { type: 'GetReviewCase', merchantId, livemode, caseId },
      { correlationId: request.id },
    );
    const paymentId = fields.payment_id === undefined ? meant : readPaymentId(fields.payment_id)!;
    if (paymentId === null)
      throw validationProblem({ payment_id: ['This case names no payment; send the id of the one to complete.'] });
    const entered = ['wallet_id', 'trx_id', 'amount', 'note', 'sender_number', 'received_at'] as const;
    if (entered.every((name) => fields[name] === undefined)) {
      if (fields.reason === undefined) throw validationProblem({ reason: ['Say why, in one line.'] });
      return this.assignTo({ request, reply, caller }, paymentId);
    }
    const missing = (['wallet_id', 'trx_id', 'amount', 'note'] as const).filter((name) => fields[name] === undefined);
    if (missing.length > 0)
      throw validationProblem(Object.fromEntries(missing.map((name) => [name, ['Needed to enter the credit.']])));
    const command = (commandId: string): Promise<EnterCredit> =>
      entryOf(this.desk, caller, { fields: { ...fields, payment_id: paymentId } as EnterCreditDto, caseId, commandId });
    await post(this.desk, { request, reply, caller }, async (operationId) =>
      this.decided(
        caller,
        await askCredits<ReviewCase>(this.desk, await command(operationId), {
          operationId,
          correlationId: request.id,
        }),
      ),
    );
  }

  /** The second person's word on a credit somebody proposed. */
  @Post(':id/confirm')
  async confirm(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    await this.decide({ request, reply, caller }, (decision) => ({ type: 'ConfirmEntry', ...decision }));
  }

  private async assignTo(http: DecisionHttp, paymentId: string): Promise<void> {
    await this.decide(http, async (decision) => {
      await requirePayable(this.desk, http.caller, paymentId);
      return { type: 'AssignCredit', ...decision, paymentId };
    });
  }

  /** One decision about the case in the path, once per `Idempotency-Key`. */
  private async decide(
    http: DecisionHttp,
    toCommand: (decision: Decision) => CreditCommand | Promise<CreditCommand>,
  ): Promise<void> {
    const { request, caller } = http;
    const caseId = readCaseId(request);
    await post(this.desk, http, async (operationId) => {
      const command = await toCommand({
        commandId: operationId,
        merchantId: caller.merchantId,
        livemode: caller.livemode,
        caseId,
        actor: actorOf(caller),
        now: new Date(this.desk.clock.nowMs()).toISOString(),
      });
      const asked = { operationId, correlationId: request.id };
      return this.decided(caller, await askCredits<ReviewCase>(this.desk, command, asked));
    });
  }

  private async decided(caller: Caller, found: ReviewCase): Promise<Answer> {
    const holders = await this.desk.holders.find(caller, [found.id]);
    return dataAnswer(200, renderCase(found, holders.get(found.id)));
  }

  /** `null`: whosever they are. */
  private async heldCases(caller: Caller, holder: unknown): Promise<readonly string[] | null> {
    if (holder === undefined) return null;
    const userId = holder === 'me' ? caller.person?.userId : holder;
    if (typeof userId !== 'string' || !isUuid(userId))
      throw validationProblem({ holder: ['Send me, or the id of one of your people; a key holds no cases.'] });
    return this.desk.holders.heldBy(caller, userId);
  }
}

type DecisionHttp = Http & { readonly request: IdRequest; readonly caller: Caller };

interface Decision {
  readonly commandId: string;
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly caseId: string;
  readonly actor: string;
  readonly now: string;
}

function readProvider(query: Readonly<Record<string, unknown>>): string | null {
  const { provider } = query;
  if (provider === undefined) return null;
  const problem = providerRule(provider);
  if (problem !== null) throw validationProblem({ provider: [problem] });
  return provider as string;
}
