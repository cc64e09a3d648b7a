import type { StatementCommand, StatementLineReading, StatementReading } from '@paymatch/contracts';
import {
  decodeStatement,
  lineIdentities,
  readCsvStatement,
  readOfxStatement,
  statementBytesMax,
  type Statement,
  type StatementLine,
} from '@paymatch/sms-matching-domain';
import type { Message, Outbox } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { refusal, requireActor } from '../cases/credit-refusal.js';
import { hashFacts, idOfFacts } from '../messages/evidence-hash.js';
import { MatchingWork } from '../slots/matching-work.js';
import { insertRawRecords } from '../messages/raw-messages.store.js';
import { hexText, type RawRecord } from '../slots/records.js';
import type { SettleOptions } from '../slots/slot-matching.js';
import { inMerchantTransaction, type MerchantTx } from '../slots/merchant-transaction.js';
import { lockAndLoad } from '../slots/slots.store.js';
import { dayEnd, localDay } from './bank-days.js';
import { prepareTransfers, TransferBringer, type BankTransfer, type TransferOutcome } from './bank-transfers.js';

export interface StatementsOptions {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly settings: SettleOptions;
  /** Called after a commit that left facts in the outbox. */
  readonly onCommitted: () => void;
}

interface Line {
  readonly line: StatementLine;
  readonly rawId: string;
}

interface Context {
  readonly command: StatementCommand;
  readonly message: Message<StatementCommand>;
  readonly nowMs: number;
}

const FAULTS_SHOWN_MAX = 100;
const ACCOUNT_LENGTH_MAX = 50;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** Thrown to leave nothing behind: a preview is the import itself, rolled back, so that it cannot promise what the import does not do. */
class PreviewDone extends Error {
  constructor(readonly reading: StatementReading) {
    super('preview done');
  }
}

/** Takes banks' statements: each line of incoming money once, however often and in however many overlapping files it comes. */
export class StatementsHandler {
  constructor(private readonly options: StatementsOptions) {}

  async handle(message: Message<StatementCommand>, nowMs: number): Promise<StatementReading> {
    const command = message.data;
    requireActor(command);
    const statement = readStatement(command);
    if (command.type === 'ImportStatement' && statement.faults.length > 0)
      throw refusal('STATEMENT_UNREADABLE', { faults: faultsOf(statement) });
    const context = { command, message, nowMs };
    if (command.type === 'PreviewStatement') return this.preview(statement, context);
    const { database, logger, onCommitted } = this.options;
    const { reading, hasFacts } = await inMerchantTransaction(database, [command], (tx) =>
      this.bring(tx, statement, context),
    );
    if (hasFacts) onCommitted();
    const counts = {
      lines: reading.lines.length,
      known: reading.lines.filter(({ outcome }) => outcome === 'known').length,
      matched: reading.lines.filter(({ outcome }) => outcome === 'matched').length,
    };
    logger.info('bank statement imported', {
      merchantId: command.merchantId,
      actor: command.actor,
      format: command.format,
      ...counts,
      correlationId: message.correlationId,
    });
    return reading;
  }

  private async preview(statement: Statement, context: Context): Promise<StatementReading> {
    try {
      return await inMerchantTransaction(this.options.database, [context.command], async (tx) => {
        throw new PreviewDone((await this.bring(tx, statement, context)).reading);
      });
    } catch (error) {
      if (error instanceof PreviewDone) return { ...error.reading, isApplied: false };
      throw error;
    }
  }

  private async bring(
    tx: MerchantTx,
    statement: Statement,
    context: Context,
  ): Promise<{ readonly reading: StatementReading; readonly hasFacts: boolean }> {
    const { command, nowMs } = context;
    const { merchantId, livemode } = command;
    const lines = statement.lines.map((line) => ({ ...line, account: line.account ?? command.account }));
    const identities = lineIdentities(lines);
    const incoming = lines
      .map((line, index): Line => ({
        line,
        rawId: idOfFacts(['statement line', merchantId, livemode, identities[index]]),
      }))
      .filter(({ line }) => line.amountMinor > 0);
    // What is announced for tomorrow has not come in.
    const booked = incoming.filter(({ line }) => line.postedOn <= localDay(nowMs));
    const newIds = await insertRawRecords(
      tx,
      once(booked).map((entry) => toRaw(entry, context)),
    );
    const fresh = once(booked)
      .filter(({ rawId }) => newIds.has(rawId))
      .map((entry) => ({ rawId: entry.rawId, transfer: toTransfer(entry, context) }));
    const prepared = await prepareTransfers(
      tx,
      fresh.map(({ transfer }) => transfer),
    );
    const work = new MatchingWork(await lockAndLoad(tx, prepared.slots), nowMs);
    const bringer = new TransferBringer(work, { prepared, settings: this.options.settings });
    const outcomeOf = new Map(fresh.map(({ rawId, transfer }) => [rawId, bringer.bring(transfer)]));
    await work.flush(tx, this.options.outbox);
    await bringer.flush(tx);
    const bookedIds = new Set(booked.map(({ rawId }) => rawId));
    const read = new Set<string>();
    const readings = incoming.map((entry) => {
      const isFirst = !read.has(entry.rawId);
      read.add(entry.rawId);
      return readingOf(entry, {
        work,
        outcome: isFirst ? outcomeOf.get(entry.rawId) : undefined,
        isBooked: bookedIds.has(entry.rawId),
      });
    });
    return {
      hasFacts: work.hasFacts,
      reading: {
        isApplied: true,
        lines: readings,
        outgoingCount: lines.filter(({ amountMinor }) => amountMinor < 0).length,
        faults: faultsOf(statement),
      },
    };
  }
}

function readStatement({ format, content, account }: StatementCommand): Statement {
  if (format !== 'csv' && format !== 'ofx') throw refusal('INVALID_COMMAND', { format });
  if (
    account !== null &&
    (typeof account !== 'string' || account === '' || account.length > ACCOUNT_LENGTH_MAX || account.includes('\0'))
  )
    throw refusal('INVALID_COMMAND', { account });
  if (typeof content !== 'string' || content.length > Math.ceil(statementBytesMax / 3) * 4 || !BASE64.test(content))
    throw refusal('INVALID_COMMAND', { field: 'content' });
  const text = decodeStatement(Buffer.from(content, 'base64'));
  return format === 'csv' ? readCsvStatement(text) : readOfxStatement(text);
}

function faultsOf({ faults }: Statement): StatementReading['faults'] {
  return faults.slice(0, FAULTS_SHOWN_MAX).map(({ lineNo, problem }) => ({ line: lineNo, problem }));
}

/** A line that a file repeats under the bank's own id is one line. */
function once(lines: readonly Line[]): readonly Line[] {
  return [...new Map(lines.map((entry) => [entry.rawId, entry] as const).reverse()).values()].reverse();
}

function toTransfer({ line, rawId }: Line, { command, message, nowMs }: Context): BankTransfer {
  const { merchantId, livemode, format } = command;
  const { account, postedOn, amountMinor, payer } = line;
  const arrivedBy = dayEnd(postedOn);
  const where = account ?? 'bank';
  return {
    merchantId,
    livemode,
    rawIds: [rawId],
    claimKey: `bank:${rawId}`,
    evidence: { source: format, account, postedOn, amountMinor, payer },
    currency: 'BRL',
    walletId: where,
    walletNumber: where,
    arrivedBy,
    receivedAt: new Date(Math.min(nowMs, Date.parse(arrivedBy))).toISOString(),
    holdReason: null,
    cause: { correlationId: message.correlationId, messageId: message.id },
  };
}

function toRaw({ line, rawId }: Line, { command, nowMs }: Context): RawRecord {
  const { text, account, postedOn, amountMinor, payer } = line;
  const { merchantId, livemode, format, actor, commandId } = command;
  return {
    rawId,
    merchantId,
    livemode,
    deviceId: `statement ${commandId}`,
    seq: null,
    sender: `${format} statement`,
    body: hexText(Buffer.from(text, 'utf8')),
    simSlot: null,
    wallets: [],
    sentAt: null,
    receivedAt: null,
    arrivedAt: new Date(nowMs).toISOString(),
    messageHash: hashFacts([rawId]),
    outcome: 'credit',
    template: `statement.${format}`,
    reading: { account, postedOn, amountMinor, payer, uploadedBy: actor },
  };
}

function readingOf(
  { line }: Line,
  found: { readonly work: MatchingWork; readonly outcome: TransferOutcome | undefined; readonly isBooked: boolean },
): StatementLineReading {
  const said = {
    line: line.lineNo,
    postedOn: line.postedOn,
    amountMinor: line.amountMinor,
    description: line.description,
    payerName: line.payer.name,
    payerDocument: line.payer.document,
  };
  if (!found.isBooked) return { ...said, outcome: 'future', reason: null, paymentId: null };
  const credit = found.outcome === undefined ? undefined : found.work.credit(found.outcome.creditId);
  if (credit === undefined || found.outcome?.isNew === false)
    return { ...said, outcome: 'known', reason: null, paymentId: credit?.paymentId ?? null };
  if (credit.status === 'matched') return { ...said, outcome: 'matched', reason: null, paymentId: credit.paymentId };
  const reviewCase = found.work.caseOf(credit.creditId);
  return { ...said, outcome: 'review', reason: reviewCase?.reason ?? null, paymentId: reviewCase?.paymentId ?? null };
}
