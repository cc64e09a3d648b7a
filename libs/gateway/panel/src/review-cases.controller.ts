import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatMinor, isUuid, uuidToUlid, type ReviewCase } from '@paymatch/contracts';
import { dataAnswer, readFields, sendAnswer, validationProblem, type Caller } from '@paymatch/gateway-access';
import { readLimit, readWord } from './panel-query.js';
import { admit, askCredits, notFound, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { AssignCaseDto, IgnoreCaseDto } from './panel.dto.js';
import { readPaymentId } from './panel.rules.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

/** Money and messages that wait for a person. */
@Controller('api/panel/v1/review-cases')
export class ReviewCasesController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    const query = request.query as Record<string, unknown>;
    const { reason = null, before = null } = query;
    if (reason !== null && !(typeof reason === 'string' && /^[a-z_]{1,50}$/.test(reason))) throw validationProblem({ reason: ['Send one reason, e.g. amount_mismatch.'] });
    if (before !== null && !(typeof before === 'string' && isUuid(before))) throw validationProblem({ before: ['Send the id of the last case you have.'] });
    const cases = await askCredits<readonly ReviewCase[]>(this.desk, {
      type: 'ListReviewCases', merchantId, livemode, status: readWord(query, 'status', ['open', 'closed']), reason, limit: readLimit(query['limit']), before,
    }, { correlationId: request.id });
    sendAnswer(reply, dataAnswer(200, cases.map(render)));
  }

  @Get(':id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    const found = await askCredits<ReviewCase>(this.desk, { type: 'GetReviewCase', merchantId, livemode, caseId: readCaseId(request) }, { correlationId: request.id });
    sendAnswer(reply, dataAnswer(200, render(found)));
  }

  @Post(':id/assign')
  async assign(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { payment_id: given } = readFields(request, AssignCaseDto);
    const paymentId = readPaymentId(given);
    if (paymentId === undefined) throw validationProblem({ payment_id: ['Send the id of a payment.'] });
    await post(this.desk, { request, reply, caller }, async (operationId) => dataAnswer(200, render(await askCredits<ReviewCase>(
      this.desk, { type: 'AssignCredit', commandId: operationId, ...this.decision(caller, request), paymentId }, { operationId, correlationId: request.id }))));
  }

  @Post(':id/ignore')
  async ignore(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { reason } = readFields(request, IgnoreCaseDto);
    await post(this.desk, { request, reply, caller }, async (operationId) => dataAnswer(200, render(await askCredits<ReviewCase>(
      this.desk, { type: 'IgnoreCase', commandId: operationId, ...this.decision(caller, request), reason }, { operationId, correlationId: request.id }))));
  }

  /** Who decided is the key that was used: a name in a body could be anybody's. */
  private decision(caller: Caller, request: IdRequest) {
    const { merchantId, livemode, keyId } = caller;
    return { merchantId, livemode, caseId: readCaseId(request), actor: `api-key ${keyId}`, now: new Date(this.desk.clock.nowMs()).toISOString() };
  }
}

function readCaseId(request: IdRequest): string {
  if (!isUuid(request.params.id)) throw notFound();
  return request.params.id;
}

function render(found: ReviewCase): object {
  const { id, status, reason, credit, evidence, history } = found;
  return {
    id, status, reason, livemode: found.livemode, payment_id: found.paymentId === null ? null : uuidToUlid(found.paymentId),
    credit: credit === null ? null : {
      id: credit.creditId, provider: credit.provider, trx_id: credit.trxId, amount: formatMinor(credit.amountMinor), currency: credit.currency,
      wallet_number: credit.walletNumber, sender_number: credit.senderNumber, received_at: credit.receivedAt,
    },
    evidence: evidence.map(({ rawId, sender, body, arrivedAt }) => ({ id: rawId, sender, body, arrived_at: arrivedAt })),
    history: history.map(({ at, actor, action, note }) => ({ at, actor, action, note })),
    opened_at: found.openedAt, closed_at: found.closedAt,
  };
}
