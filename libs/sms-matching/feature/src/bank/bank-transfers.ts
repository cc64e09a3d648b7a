import { newId } from '@paymatch/contracts';
import { payerKey, type BankEvidence } from '@paymatch/sms-matching-domain';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import { systemActor } from '../cases/case-history.js';
import type { Cause } from '../slots/match-traces.js';
import type { MatchingWork } from '../slots/matching-work.js';
import type { CreditRecord, SlotKey } from '../slots/records.js';
import type { SettleOptions } from '../slots/slot-matching.js';
import { isPaidOtherwise, settleBankSlot, settleByPayer } from './bank-matching.js';
import { bankProvider, bankSlot, strangeBankSlot } from './bank-slots.js';
import { isGiven, lookAround, possibleDuplicate, ReportedMoney, type NearBy } from './reported-money.js';

/** A bank's word that money came in. */
export interface BankTransfer {
  readonly merchantId: string;
  readonly livemode: boolean;
  /** The stored messages that say it: one, or a message's parts. */
  readonly rawIds: readonly string[];
  /** The same for every telling by the same source. */
  readonly claimKey: string;
  readonly evidence: BankEvidence;
  readonly currency: string;
  readonly walletId: string;
  readonly walletNumber: string;
  /** ISO: the last moment at which it can have arrived. */
  readonly arrivedBy: string;
  readonly receivedAt: string;
  /** Why it may not complete a payment by itself, whoever waits for it. */
  readonly holdReason: string | null;
  readonly cause: Cause;
}

/** What became of one word: money of its own, or a second word about money that is known. */
export interface TransferOutcome {
  readonly creditId: string;
  readonly isNew: boolean;
}

/**
 * What is known of these transfers' money; the answer's slots are to be locked next. `listed`: claim keys of all lines
 * of the file that is read.
 */
export async function prepareTransfers(
  runner: SqlRunner,
  transfers: readonly BankTransfer[],
  listed: readonly string[] = [],
): Promise<NearBy> {
  const near = await lookAround(runner, transfers, listed);
  return { ...near, slots: [...transfers.map(slotOf), ...near.slots] };
}

function slotOf(transfer: BankTransfer): SlotKey {
  const key = payerKey(transfer.evidence.payer);
  return key === null
    ? strangeBankSlot(transfer, transfer.claimKey)
    : bankSlot(transfer, { payerKey: key, amountMinor: transfer.evidence.amountMinor });
}

/** Brings bank transfers to the payments that wait for them, on slots that are locked. */
export class TransferRecorder {
  private readonly reported: ReportedMoney;

  constructor(
    private readonly work: MatchingWork,
    private readonly options: { readonly prepared: NearBy; readonly settings: SettleOptions },
  ) {
    this.reported = new ReportedMoney(work, options.prepared);
  }

  /** To be called when the work is flushed: the evidence rests on the credits. */
  flush(tx: Tx): Promise<void> {
    return this.reported.flush(tx);
  }

  record(transfer: BankTransfer): TransferOutcome {
    const { work, reported } = this;
    work.cause = transfer.cause;
    const before = reported.reportedBefore(transfer);
    if (before !== undefined) return this.attach(transfer, before);
    const identity = reported.identify(transfer);
    if (identity.type === 'new') return this.add(transfer, transfer.holdReason);
    if (identity.type === 'doubtful') {
      if (reported.isAnyGiven(identity.creditIds)) return this.add(transfer, possibleDuplicate);
      const outcome = this.add(transfer, transfer.holdReason);
      reported.keepOneFree(work.credit(outcome.creditId)!, identity.creditIds, false);
      return outcome;
    }
    const same = work.credit(identity.creditId)!;
    if (!this.supersedes(transfer, same)) return this.attach(transfer, same);
    const isHeld = work.caseOf(same.creditId)?.reason === possibleDuplicate;
    const outcome = this.add(transfer, isHeld ? possibleDuplicate : transfer.holdReason);
    retire(work, same, outcome.creditId);
    return outcome;
  }

  /**
   * A statement knows more than the message that announced the transfer; as long as nobody has the money, it takes its
   * place.
   */
  private supersedes({ evidence }: BankTransfer, credit: CreditRecord): boolean {
    return evidence.source !== 'sms' && !isGiven(credit) && this.reported.isReportedOnlyBy('sms', credit);
  }

  /** One more word about money that is known may say who sent it. */
  private attach(transfer: BankTransfer, credit: CreditRecord): TransferOutcome {
    this.note(transfer, credit);
    if (credit.provider !== bankProvider && transfer.holdReason === null)
      settleByPayer(this.work, credit, { slot: slotOf(transfer), settings: this.options.settings });
    return { creditId: credit.creditId, isNew: false };
  }

  private note(transfer: BankTransfer, { creditId }: CreditRecord): void {
    for (const rawId of transfer.rawIds) this.work.evidence.push({ rawId, creditId });
    this.reported.note(transfer, this.work.credit(creditId)!, transfer.rawIds[0]!);
  }

  private add(transfer: BankTransfer, holdReason: string | null): TransferOutcome {
    const { work } = this;
    const credit = work.putCredit(
      toCredit(transfer, { nowMs: work.nowMs, graceMs: this.options.settings.unmatchedGraceMs }),
    );
    this.note(transfer, credit);
    const reason = holdReason ?? (isPaidOtherwise(work, credit) ? possibleDuplicate : null);
    if (reason !== null) work.review(credit, { reason, paymentId: null });
    else if (payerKey(transfer.evidence.payer) === null)
      work.review(credit, { reason: 'unknown_payer', paymentId: null });
    settleBankSlot(work, credit, this.options.settings);
    // A statement tells of days that are over: who has not paid for a payment by then has paid for something else.
    const settled = work.credit(credit.creditId)!;
    if (settled.status === 'open' && transfer.evidence.source !== 'sms')
      work.review(settled, { reason: 'unmatched_credit', paymentId: null });
    return { creditId: credit.creditId, isNew: true };
  }
}

/** Money that nobody has gives way to the same money as a better source tells of it. */
export function retire(work: MatchingWork, credit: CreditRecord, byCreditId: string): void {
  work.putCredit({ ...credit, status: 'ignored', attentionAt: null });
  const reviewCase = work.caseOf(credit.creditId);
  if (reviewCase?.status !== 'open') return;
  const closed = work.record(reviewCase, {
    at: work.now,
    actor: systemActor,
    action: 'replaced',
    note: byCreditId,
    commandId: null,
  });
  work.emit(credit, {
    type: 'credits.review-case-closed',
    caseId: closed.caseId,
    resolution: 'replaced',
    actor: systemActor,
  });
}

function toCredit(transfer: BankTransfer, at: { readonly nowMs: number; readonly graceMs: number }): CreditRecord {
  const { claimKey, evidence, currency, walletId, walletNumber, arrivedBy, receivedAt } = transfer;
  const { amountMinor, payer } = evidence;
  return {
    ...slotOf(transfer),
    provider: bankProvider,
    creditId: newId(at.nowMs),
    claimKey,
    walletId,
    walletNumber,
    trxId: null,
    amountMinor,
    currency,
    senderNumber: payer.document ?? payer.name,
    balanceMinor: null,
    toleranceMinor: 0,
    printedAt: arrivedBy,
    receivedAt,
    status: 'open',
    paymentId: null,
    decidedBy: null,
    matchAttempts: 0,
    attentionAt: new Date(at.nowMs + at.graceMs).toISOString(),
    createdAt: new Date(at.nowMs).toISOString(),
  };
}
