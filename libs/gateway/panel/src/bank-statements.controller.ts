import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { formatMinor, type StatementCommand, type StatementReading } from '@paymatch/contracts';
import { dataAnswer, Problem, validationProblem, type RouteMarks } from '@paymatch/gateway-edge';
import type { Caller } from '@paymatch/gateway-access';
import { RequestUnavailable } from '@paymatch/platform-messaging';
import { isStatementBody, statementBytesMax } from './bank-statements.body.js';
import { actorOf, admit, askCredits, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { lineRule } from './panel.rules.js';

/** Thousands of lines are taken in slices. An import that takes longer goes on; sent again, its lines are `known`. */
const STATEMENT_TIMEOUT_MS = 20_000;
const RETRY_AFTER_SECONDS = 15;
const takesFiles: RouteMarks = { bodyBytesMax: statementBytesMax };
const accountRule = lineRule('account', 50);

/** Banks' statements: `text/csv` or `application/x-ofx`, as the bank wrote them. */
@Controller('api/panel/v1/bank-statements')
export class BankStatementsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** What importing it would do. Nothing is kept. */
  @Post('preview')
  @RouteConfig(takesFiles)
  @HttpCode(200)
  async preview(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const statement = readUpload(request);
    await post(this.desk, { request, reply, caller }, async (operationId) =>
      dataAnswer(200, render(await this.ask(statement, { type: 'PreviewStatement', request, caller, operationId }))),
    );
  }

  /**
   * Takes every line of incoming money that is not known yet. A file with a line that cannot be read is refused whole.
   */
  @Post()
  @RouteConfig(takesFiles)
  @HttpCode(200)
  async import(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const statement = readUpload(request);
    await post(this.desk, { request, reply, caller }, async (operationId) =>
      dataAnswer(
        200,
        render(
          await this.ask(statement, { type: 'ImportStatement', request, caller, operationId }).catch(sayItMayGoOn),
        ),
      ),
    );
  }

  private ask(
    statement: Upload,
    asked: {
      readonly type: StatementCommand['type'];
      readonly request: FastifyRequest;
      readonly caller: Caller;
      readonly operationId: string;
    },
  ): Promise<StatementReading> {
    const { type, request, caller, operationId } = asked;
    const command: StatementCommand = {
      type,
      commandId: operationId,
      merchantId: caller.merchantId,
      livemode: caller.livemode,
      ...statement,
      actor: actorOf(caller),
      now: new Date(this.desk.clock.nowMs()).toISOString(),
    };
    return askCredits<StatementReading>(this.desk, command, {
      operationId,
      correlationId: request.id,
      timeoutMs: STATEMENT_TIMEOUT_MS,
    });
  }
}

type Upload = Pick<StatementCommand, 'format' | 'account' | 'content'>;

function readUpload(request: FastifyRequest): Upload {
  const { body } = request;
  if (!isStatementBody(body))
    throw new Problem(415, 'unsupported-media-type', {
      detail: 'Send the statement as text/csv or application/x-ofx.',
    });
  if (body.bytes.length > statementBytesMax)
    throw new Problem(413, 'body-too-large', { detail: 'A statement is at most 1 MiB long; send a shorter period.' });
  const { account = null } = request.query as Readonly<Record<string, unknown>>;
  const problem = account === null ? null : accountRule(account);
  if (problem !== null) throw validationProblem({ account: [problem] });
  return { format: body.format, account: account as string | null, content: body.bytes.toString('base64') };
}

/** Nobody can say whether it has begun, only that sending the file again is safe, and tells. */
function sayItMayGoOn(error: unknown): never {
  if (!(error instanceof RequestUnavailable)) throw error;
  throw new Problem(503, 'service-unavailable', {
    detail:
      'No answer has come in time. An import that has begun goes on; send the same file again to see its result: no line counts twice.',
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });
}

function render({ isApplied, lines, outgoingCount, faults }: StatementReading): object {
  return {
    applied: isApplied,
    outgoing_count: outgoingCount,
    faults,
    lines: lines.map(
      ({ line, postedOn, amountMinor, description, payerName, payerDocument, outcome, reason, paymentId }) => ({
        line,
        posted_on: postedOn,
        amount: formatMinor(amountMinor),
        description,
        payer_name: payerName,
        payer_document: payerDocument,
        outcome,
        reason,
        payment_id: paymentId,
      }),
    ),
  };
}
