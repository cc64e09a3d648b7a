import type { StatementCommand, StatementLineReading, StatementReading } from '@paymatch/contracts';
import {
  bankIdOf,
  decodeStatement,
  isPixLine,
  lineIdentities,
  readCsvStatement,
  readOfxStatement,
  statementBytesMax,
  transferIdOf,
  type Statement,
  type StatementLine,
} from '@paymatch/sms-matching-domain';
import { refusal } from '../cases/credit-refusal.js';
import { hashFacts, idOfFacts } from '../messages/evidence-hash.js';
import type { Cause } from '../slots/match-traces.js';
import type { MatchingWork } from '../slots/matching-work.js';
import { hexText, type RawRecord } from '../slots/records.js';
import { dayEnd } from './bank-days.js';
import type { BankTransfer, TransferOutcome } from './bank-transfers.js';

/** A line of incoming money, under an id that it has in every file. */
export interface Line {
  readonly line: StatementLine;
  readonly rawId: string;
}

/** Who brings a file, when. */
export interface Recording {
  readonly command: StatementCommand;
  readonly cause: Cause;
  readonly nowMs: number;
}

/** What became of a line, beside what it says. */
export type LineOutcome = Pick<StatementLineReading, 'outcome' | 'reason' | 'paymentId'>;

const FAULTS_SHOWN_MAX = 100;
const ACCOUNT_LENGTH_MAX = 50;
const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

export function readStatement({ format, content, account }: StatementCommand): Statement {
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

export function faultsOf({ faults }: Statement): StatementReading['faults'] {
  return faults.slice(0, FAULTS_SHOWN_MAX).map(({ lineNo, problem }) => ({ line: lineNo, problem }));
}

export function incomingLines({ lines }: Statement, command: StatementCommand): readonly Line[] {
  const placed = lines.map((line) => ({ ...line, account: line.account ?? command.account }));
  const identities = lineIdentities(placed);
  return placed
    .map((line, index): Line => ({
      line,
      rawId: idOfFacts(['statement line', command.merchantId, command.livemode, identities[index]]),
    }))
    .filter(({ line }) => line.amountMinor > 0);
}

/**
 * A line that a file repeats under the bank's own id is one line. Lines of one sum stand together: only they can be
 * about the same money.
 */
export function oncePerLine(lines: readonly Line[]): readonly Line[] {
  const once = [...new Map(lines.map((entry) => [entry.rawId, entry] as const).reverse()).values()].reverse();
  return once.sort((a, b) => a.line.amountMinor - b.line.amountMinor);
}

export function claimKeyOf({ rawId }: Line): string {
  return `bank:${rawId}`;
}

export function toTransfer(entry: Line, { command, cause, nowMs }: Recording): BankTransfer {
  const { line, rawId } = entry;
  const { merchantId, livemode, format } = command;
  const { account, postedOn, amountMinor, payer } = line;
  const arrivedBy = dayEnd(postedOn);
  const where = account ?? 'bank';
  return {
    merchantId,
    livemode,
    rawIds: [rawId],
    claimKey: claimKeyOf(entry),
    evidence: {
      source: format,
      account,
      postedOn,
      amountMinor,
      payer,
      transferId: transferIdOf(line),
      bankId: bankIdOf(line),
      isPix: isPixLine(line),
      madeAt: null,
      reportedAt: new Date(nowMs).toISOString(),
    },
    currency: 'BRL',
    walletId: where,
    walletNumber: where,
    arrivedBy,
    receivedAt: new Date(Math.min(nowMs, Date.parse(arrivedBy))).toISOString(),
    holdReason: null,
    cause,
  };
}

export function toRaw({ line, rawId }: Line, { command, nowMs }: Recording): RawRecord {
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

export const reportedBefore: LineOutcome = { outcome: 'known', reason: null, paymentId: null };
export const notBookedYet: LineOutcome = { outcome: 'future', reason: null, paymentId: null };

export function outcomeOf(work: MatchingWork, { creditId, isNew }: TransferOutcome): LineOutcome {
  const credit = work.credit(creditId)!;
  if (!isNew) return { outcome: 'known', reason: null, paymentId: credit.paymentId };
  if (credit.status === 'matched') return { outcome: 'matched', reason: null, paymentId: credit.paymentId };
  const reviewCase = work.caseOf(creditId);
  return { outcome: 'review', reason: reviewCase?.reason ?? null, paymentId: reviewCase?.paymentId ?? null };
}

export function readingOf({ line }: Line, became: LineOutcome): StatementLineReading {
  return {
    line: line.lineNo,
    postedOn: line.postedOn,
    amountMinor: line.amountMinor,
    description: line.description,
    payerName: line.payer.name,
    payerDocument: line.payer.document,
    ...became,
  };
}
