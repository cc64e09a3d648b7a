import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  creditStatuses,
  formatMinor,
  isUuid,
  messageOutcomes,
  type BookPage,
  type CreditView,
  type CreditWithMessages,
  type ReconciledMoney,
  type StoredMessage,
  type WalletDays,
} from '@paymatch/contracts';
import { dataAnswer, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { Caller } from '@paymatch/gateway-access';
import { csvTime, readZone, streamCsv } from './csv-answer.js';
import { renderCredit, renderCreditWithMessages, renderMessage } from './credit.view.js';
import { admit, askCredits, notFound, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { readId, readLimit, readMoment, readRuled, readWord } from './panel-query.js';
import { providerRule, trxIdRule } from './panel.rules.js';
import { dialectOfCurrency, spelledIn } from './payment-spelling.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;
type Query = Readonly<Record<string, unknown>>;

const DAY_MS = 86_400_000;
const PERIOD_MAX_DAYS = 366;
const EXPORT_PAGE = 500;

/** The money that arrived, the messages that told of it, and whether all of it is accounted for. */
@Controller('api/panel/v1')
export class CreditBooksController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get('credits')
  async credits(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const query = request.query as Query;
    const trxId = readRuled(query, 'trx_id', trxIdRule);
    const { items, next } = await askCredits<BookPage<CreditView>>(
      this.desk,
      {
        type: 'ListCredits',
        ...shopOf(caller),
        status: readWord(query, 'status', creditStatuses),
        provider: readRuled(query, 'provider', providerRule),
        walletId: readId(query, 'wallet_id'),
        trxId: trxId === null ? null : trxId.replace(/\s/g, ''),
        ...readPage(query),
      },
      { correlationId: request.id },
    );
    sendPage(reply, items.map(renderCredit), next);
  }

  @Get('credits/:id')
  async credit(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { id: creditId } = request.params;
    if (!isUuid(creditId)) throw notFound();
    const found = await askCredits<CreditWithMessages>(
      this.desk,
      { type: 'GetCredit', ...shopOf(caller), creditId },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderCreditWithMessages(found)));
  }

  @Get('messages')
  async messages(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const query = request.query as Query;
    const { items, next } = await askCredits<BookPage<StoredMessage>>(
      this.desk,
      {
        type: 'ListMessages',
        ...shopOf(caller),
        outcome: readWord(query, 'outcome', messageOutcomes),
        deviceId: readId(query, 'device_id'),
        ...readPage(query),
      },
      { correlationId: request.id },
    );
    sendPage(reply, items.map(renderMessage), next);
  }

  /** Whose wallet it is, is known here: matching knows wallets by what phones' messages name. */
  @Get('wallets/:id/days')
  async walletDays(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const query = request.query as Query;
    const period = readPeriod(query, this.desk.clock.nowMs());
    const zone = readZone(query);
    const wallets = await this.desk.wallets.list(caller.merchantId, caller.livemode);
    const wallet = wallets.find(({ id }) => id === request.params.id);
    if (wallet === undefined) throw notFound();
    const found = await askCredits<WalletDays>(
      this.desk,
      { type: 'ListWalletDays', ...shopOf(caller), walletId: wallet.id, ...period, zone },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderWalletDays(found, { walletId: wallet.id, zone, ...period })));
  }

  @Get('reconciliation')
  async reconciliation(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const period = readPeriod(request.query as Query, this.desk.clock.nowMs());
    const money = await askCredits<readonly ReconciledMoney[]>(
      this.desk,
      { type: 'Reconcile', ...shopOf(caller), ...period },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, { ...period, providers: money.map(renderReconciled) }));
  }

  /** Each credit of the period with what became of it, oldest last. */
  @Get('reconciliation.csv')
  async reconciliationCsv(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const query = request.query as Query;
    const period = readPeriod(query, this.desk.clock.nowMs());
    const zone = readZone(query);
    const page = (after: string | null): Promise<BookPage<CreditView>> =>
      askCredits<BookPage<CreditView>>(
        this.desk,
        {
          type: 'ListCredits',
          ...shopOf(caller),
          status: null,
          provider: null,
          walletId: null,
          trxId: null,
          ...period,
          after,
          limit: EXPORT_PAGE,
        },
        { correlationId: request.id },
      );
    await streamCsv(reply, {
      fileName: `reconciliation-${period.from.slice(0, 10)}-${period.to.slice(0, 10)}`,
      columns: [
        `received_at (${zone})`,
        'provider',
        'wallet_number',
        'trx_id',
        'sender_number',
        'amount',
        'returned_amount',
        'currency',
        'outcome',
        'payment_id',
        'case_id',
        'case_reason',
        'decided_by',
      ],
      page,
      line: (credit) => [
        csvTime(credit.receivedAt, zone),
        credit.provider,
        credit.walletNumber,
        credit.trxId,
        credit.senderNumber,
        formatMinor(credit.amountMinor),
        formatMinor(credit.returnedMinor),
        credit.currency,
        outcomeOf(credit),
        credit.paymentId === null ? null : spelledIn(dialectOfCurrency(credit.currency), credit.paymentId),
        credit.caseId,
        credit.caseReason,
        credit.decidedBy,
      ],
    });
  }
}

/** As reconciliation names it. */
function outcomeOf({ status }: CreditView): string {
  return status === 'consumed' ? 'completed' : status === 'open' || status === 'matched' ? 'waiting' : status;
}

function shopOf({ merchantId, livemode }: Caller): { readonly merchantId: string; readonly livemode: boolean } {
  return { merchantId, livemode };
}

function readPage(query: Query): {
  readonly from: string | null;
  readonly to: string | null;
  readonly after: string | null;
  readonly limit: number;
} {
  return {
    from: readMoment(query, 'from'),
    to: readMoment(query, 'to'),
    after: readId(query, 'after'),
    limit: readLimit(query['limit']),
  };
}

/** From one moment up to another, at most a year; the last 31 days unless said. */
function readPeriod(query: Query, nowMs: number): { readonly from: string; readonly to: string } {
  const to = readMoment(query, 'to') ?? new Date(nowMs).toISOString();
  const from = readMoment(query, 'from') ?? new Date(Date.parse(to) - 31 * DAY_MS).toISOString();
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS;
  if (!(days > 0 && days <= PERIOD_MAX_DAYS))
    throw validationProblem({ to: [`Send an end after the beginning, by at most ${PERIOD_MAX_DAYS} days.`] });
  return { from, to };
}

function sendPage(reply: FastifyReply, data: readonly object[], next: string | null): void {
  sendAnswer(reply, { status: 200, body: JSON.stringify({ data, next }) });
}

function renderWalletDays(
  { days, breaks, isComplete }: WalletDays,
  asked: { readonly walletId: string; readonly zone: string; readonly from: string; readonly to: string },
): object {
  return {
    wallet_id: asked.walletId,
    zone: asked.zone,
    from: asked.from,
    to: asked.to,
    days: days.map((day) => ({
      day: day.day,
      credits: day.creditCount,
      credited: formatMinor(day.creditMinor),
      money_in: formatMinor(day.inMinor),
      money_out: formatMinor(day.outMinor),
      closing_balance: day.closingMinor === null ? null : formatMinor(day.closingMinor),
    })),
    breaks: breaks.map(({ at, trxId, expectedMinor, printedMinor }) => ({
      at,
      trx_id: trxId,
      expected_balance: formatMinor(expectedMinor),
      printed_balance: formatMinor(printedMinor),
      difference: formatMinor(printedMinor - expectedMinor),
    })),
    breaks_are_complete: isComplete,
  };
}

function renderReconciled(money: ReconciledMoney): object {
  return {
    currency: money.currency,
    provider: money.provider,
    credits: money.creditCount,
    arrived: formatMinor(money.arrivedMinor),
    completed: formatMinor(money.completedMinor),
    waiting: formatMinor(money.waitingMinor),
    in_review: formatMinor(money.inReviewMinor),
    ignored: formatMinor(money.ignoredMinor),
    returned: formatMinor(money.returnedMinor),
  };
}
