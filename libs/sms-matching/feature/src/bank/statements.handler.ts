import { setImmediate as letOthersRun } from 'node:timers/promises';
import type { StatementCommand, StatementReading } from '@paymatch/contracts';
import type { Statement } from '@paymatch/sms-matching-domain';
import type { Message, Outbox } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { Database, SqlRunner } from '@paymatch/platform-postgres';
import { refusal, requireActor } from '../cases/credit-refusal.js';
import { insertRawRecords, knownRawIds } from '../messages/raw-messages.store.js';
import { causeOf } from '../slots/match-traces.js';
import { MatchingWork } from '../slots/matching-work.js';
import { inMerchantTransaction, type MerchantTx } from '../slots/merchant-transaction.js';
import type { SettleOptions } from '../slots/slot-matching.js';
import { loadHeld, loadSlots } from '../slots/slots.store.js';
import { joinRecords, type LockedRecords } from '../slots/take-in.js';
import { localDay } from './bank-days.js';
import { prepareTransfers, TransferRecorder } from './bank-transfers.js';
import {
  claimKeyOf,
  faultsOf,
  incomingLines,
  notBookedYet,
  oncePerLine,
  outcomeOf,
  readingOf,
  readStatement,
  reportedBefore,
  toRaw,
  toTransfer,
  type Recording,
  type Line,
  type LineOutcome,
} from './statement-lines.js';
import type { NearBy } from './reported-money.js';

export interface StatementsOptions {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly settings: SettleOptions;
  /** Called after a commit that left facts in the outbox. */
  readonly onCommitted: () => void;
}

/**
 * Every log reader waits for the oldest open transaction that writes, so a file is taken in slices, each its own
 * transaction.
 */
const SLICE_LINES = { first: 25, min: 10, max: 100 } as const;
const SLICE_MS = 120;
const PREVIEW_LINES = 250;

type Outcomes = Map<string, LineOutcome>;

/**
 * Takes banks' statements: each line of incoming money once, however often and in however many overlapping files it
 * comes.
 */
export class StatementsHandler {
  constructor(private readonly options: StatementsOptions) {}

  /**
   * An import that dies half-way has taken the lines of its finished slices; sent again, the file goes on with the
   * others.
   */
  async handle(message: Message<StatementCommand>, nowMs: number): Promise<StatementReading> {
    const command = message.data;
    requireActor(command);
    const statement = readStatement(command);
    const isApplied = command.type === 'ImportStatement';
    if (isApplied && statement.faults.length > 0)
      throw refusal('STATEMENT_UNREADABLE', { faults: faultsOf(statement) });
    const recording = { command, cause: causeOf(message), nowMs };
    const incoming = incomingLines(statement, command);
    // What is announced for tomorrow has not come in.
    const booked = oncePerLine(incoming.filter(({ line }) => line.postedOn <= localDay(nowMs)));
    const outcomes = isApplied ? await this.import(booked, recording) : await this.imagine(booked, recording);
    const reading = { isApplied, ...describe(statement, incoming, outcomes) };
    if (isApplied) this.log(reading, recording);
    return reading;
  }

  private async import(booked: readonly Line[], recording: Recording): Promise<Outcomes> {
    const listed = listedBySum(booked);
    const outcomes: Outcomes = new Map();
    let linesMax: number = SLICE_LINES.first;
    for (let done = 0; done < booked.length;) {
      const slice = booked.slice(done, done + linesMax);
      const startedAt = performance.now();
      const { database, onCommitted } = this.options;
      if (
        await inMerchantTransaction(database, { merchants: [recording.command] }, (tx) =>
          this.record(tx, slice, { recording, listed, outcomes }),
        )
      )
        onCommitted();
      done += slice.length;
      linesMax = nextSliceLines(linesMax, performance.now() - startedAt);
      await letOthersRun();
    }
    return outcomes;
  }

  /** One slice, in a transaction of its own. Returns whether facts were left in the outbox. */
  private async record(
    tx: MerchantTx,
    slice: readonly Line[],
    to: { readonly recording: Recording; readonly listed: Listed; readonly outcomes: Outcomes },
  ): Promise<boolean> {
    const { recording, listed, outcomes } = to;
    // Read before the first write: only what has written holds readers of the log up.
    const fresh = await unknownLines(tx, slice);
    const transfers = fresh.map((entry) => toTransfer(entry, recording));
    const prepared = await prepareTransfers(tx, transfers, listedBeside(fresh, listed));
    await insertRawRecords(
      tx,
      fresh.map((entry) => toRaw(entry, recording)),
    );
    const work = new MatchingWork(await loadHeld(tx, prepared.slots), recording.nowMs);
    const recorder = new TransferRecorder(work, { prepared, settings: this.options.settings });
    const recorded = fresh.map(({ rawId }, index) => [rawId, recorder.record(transfers[index]!)] as const);
    await work.flush(tx, this.options.outbox);
    await recorder.flush(tx);
    for (const { rawId } of slice) outcomes.set(rawId, reportedBefore);
    for (const [rawId, outcome] of recorded) outcomes.set(rawId, outcomeOf(work, outcome));
    return work.hasFacts;
  }

  /** What an import would do, decided on copies: nothing is locked and nothing is written, so nobody waits for it. */
  private async imagine(booked: readonly Line[], recording: Recording): Promise<Outcomes> {
    const { database, settings } = this.options;
    const listed = listedBySum(booked);
    const outcomes: Outcomes = new Map(booked.map(({ rawId }) => [rawId, reportedBefore]));
    const fresh: Line[] = [];
    const seen: NearBy[] = [];
    const records: LockedRecords[] = [];
    for (let done = 0; done < booked.length; done += PREVIEW_LINES) {
      const slice = booked.slice(done, done + PREVIEW_LINES);
      const unknown = await unknownLines(database, slice);
      const transfers = unknown.map((entry) => toTransfer(entry, recording));
      const around = await prepareTransfers(database, transfers, listedBeside(unknown, listed));
      fresh.push(...unknown);
      seen.push(around);
      records.push(await loadSlots(database, around.slots));
    }
    const work = new MatchingWork(joinRecords(records), recording.nowMs);
    const recorder = new TransferRecorder(work, { prepared: joinNear(seen), settings });
    for (const [index, entry] of fresh.entries()) {
      outcomes.set(entry.rawId, outcomeOf(work, recorder.record(toTransfer(entry, recording))));
      if (index % PREVIEW_LINES === 0) await letOthersRun();
    }
    return outcomes;
  }

  private log({ lines }: StatementReading, { command, cause }: Recording): void {
    const { merchantId, actor, format } = command;
    this.options.logger.info('bank statement imported', {
      merchantId,
      actor,
      format,
      lines: lines.length,
      known: lines.filter(({ outcome }) => outcome === 'known').length,
      matched: lines.filter(({ outcome }) => outcome === 'matched').length,
      correlationId: cause.correlationId,
      traceparent: cause.traceparent,
    });
  }
}

function describe(
  statement: Statement,
  incoming: readonly Line[],
  outcomes: ReadonlyMap<string, LineOutcome>,
): Omit<StatementReading, 'isApplied'> {
  const read = new Set<string>();
  const lines = incoming.map((entry) => {
    const outcome = outcomes.get(entry.rawId);
    const isRepeated = outcome !== undefined && read.has(entry.rawId);
    read.add(entry.rawId);
    return readingOf(entry, isRepeated ? reportedBefore : (outcome ?? notBookedYet));
  });
  const outgoingCount = statement.lines.filter(({ amountMinor }) => amountMinor < 0).length;
  return { lines, outgoingCount, faults: faultsOf(statement) };
}

async function unknownLines(runner: SqlRunner, lines: readonly Line[]): Promise<readonly Line[]> {
  const known = await knownRawIds(
    runner,
    lines.map(({ rawId }) => rawId),
  );
  return lines.filter(({ rawId }) => !known.has(rawId));
}

/** Half the lines when a slice took too long, twice as many when it was quick. */
function nextSliceLines(lines: number, tookMs: number): number {
  if (tookMs > SLICE_MS) return Math.max(SLICE_LINES.min, Math.floor(lines / 2));
  return tookMs < SLICE_MS / 3 ? Math.min(SLICE_LINES.max, lines * 2) : lines;
}

/** The file's claim keys by sum: only lines of one sum can be about the same money. */
type Listed = ReadonlyMap<number, readonly string[]>;

function listedBySum(lines: readonly Line[]): Listed {
  const listed = new Map<number, string[]>();
  for (const entry of lines) {
    const keys = listed.get(entry.line.amountMinor) ?? [];
    keys.push(claimKeyOf(entry));
    listed.set(entry.line.amountMinor, keys);
  }
  return listed;
}

function listedBeside(lines: readonly Line[], listed: Listed): readonly string[] {
  return [...new Set(lines.map(({ line }) => line.amountMinor))].flatMap((sum) => listed.get(sum) ?? []);
}

function joinNear(parts: readonly NearBy[]): NearBy {
  return {
    near: parts.flatMap(({ near }) => near),
    slots: [],
    listed: parts.flatMap(({ listed }) => listed),
  };
}
