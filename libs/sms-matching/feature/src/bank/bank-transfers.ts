import { newId } from '@paymatch/contracts';
import { identifyMoney, payerKey, type BankEvidence, type MoneyIdentity } from '@paymatch/sms-matching-domain';
import type { Tx } from '@paymatch/platform-postgres';
import { systemActor } from '../cases/case-history.js';
import type { Cause, MatchingWork } from '../slots/matching-work.js';
import type { CreditRecord, SlotKey } from '../slots/records.js';
import type { MerchantTx } from '../slots/merchant-transaction.js';
import { lockAndLoad } from '../slots/slots.store.js';
import type { SettleOptions } from '../slots/slot-matching.js';
import { insertBankEvidence, loadNearMoney, type EvidenceRecord, type NearMoney } from './bank-evidence.store.js';
import { isPaidOtherwise, settleBankSlot } from './bank-matching.js';
import { bankProvider, bankSlot, bankSumSlot, strangeBankSlot } from './bank-slots.js';

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

/** What must be locked, and what is known, before transfers are brought. */
export interface PreparedTransfers {
  readonly slots: readonly SlotKey[];
  readonly near: readonly NearMoney[];
}

/**
 * Every transaction that brings bank transfers comes here before it locks any other slot: it locks the sums, so that two sources' words about one
 * transfer never become two credits at the same moment, and says which slots to lock next.
 */
export async function prepareTransfers(tx: MerchantTx, transfers: readonly BankTransfer[]): Promise<PreparedTransfers> {
  if (transfers.length === 0) return { slots: [], near: [] };
  await lockAndLoad(
    tx,
    transfers.map((transfer) => bankSumSlot(transfer, transfer.evidence.amountMinor)),
  );
  const near = await loadNearMoney(tx, transfers);
  return { near, slots: [...transfers.map(slotOf), ...near.map(({ slot }) => slot)] };
}

function slotOf(transfer: BankTransfer): SlotKey {
  const key = payerKey(transfer.evidence.payer);
  return key === null
    ? strangeBankSlot(transfer, transfer.claimKey)
    : bankSlot(transfer, { payerKey: key, amountMinor: transfer.evidence.amountMinor });
}

/** Brings bank transfers to the payments that wait for them, on slots that are locked. */
export class TransferBringer {
  private readonly records: EvidenceRecord[] = [];
  /** By whose it is and its sum, then by credit. */
  private readonly near = new Map<string, Map<string, NearMoney>>();

  constructor(
    private readonly work: MatchingWork,
    private readonly options: { readonly prepared: PreparedTransfers; readonly settings: SettleOptions },
  ) {
    for (const money of options.prepared.near)
      this.nearOf(money, money.evidence[0]!.amountMinor).set(money.creditId, money);
  }

  /** To be called when the work is flushed: the evidence rests on the credits. */
  flush(tx: Tx): Promise<void> {
    return insertBankEvidence(tx, this.records);
  }

  bring(transfer: BankTransfer): TransferOutcome {
    const { work } = this;
    work.cause = transfer.cause;
    // Told of by this very source before, whoever told of the money first.
    const told = [...this.nearOf(transfer, transfer.evidence.amountMinor).values()].find(({ claimKeys }) =>
      claimKeys.includes(transfer.claimKey),
    );
    if (told !== undefined) return this.attach(transfer, work.credit(told.creditId)!);
    const identity = this.identify(transfer);
    const same = identity.type === 'known' ? work.credit(identity.creditId) : undefined;
    if (same === undefined)
      return this.add(transfer, identity.type === 'doubtful' ? 'possible_duplicate' : transfer.holdReason);
    if (!this.supersedes(transfer, same)) return this.attach(transfer, same);
    const outcome = this.add(transfer, transfer.holdReason);
    this.retire(same, outcome.creditId);
    return outcome;
  }

  /** Money somebody put aside is no reason to doubt; money that only a person can give away counts nothing twice by itself. */
  private identify(transfer: BankTransfer): MoneyIdentity {
    const own = [...this.nearOf(transfer, transfer.evidence.amountMinor).values()];
    const statusOf = (money: NearMoney) => this.work.credit(money.creditId)?.status;
    const identity = identifyMoney(
      transfer.evidence,
      own.filter((money) => statusOf(money) !== 'ignored'),
    );
    if (identity.type !== 'doubtful') return identity;
    return identifyMoney(
      transfer.evidence,
      own.filter((money) => statusOf(money) === 'matched' || statusOf(money) === 'consumed'),
    );
  }

  /** A statement knows more than the message that announced the transfer; as long as nobody has the money, it takes its place. */
  private supersedes(transfer: BankTransfer, credit: CreditRecord): boolean {
    const isAnnounced =
      this.nearOf(credit, credit.amountMinor)
        .get(credit.creditId)
        ?.evidence.every(({ source }) => source === 'sms') ?? false;
    return (
      isAnnounced && transfer.evidence.source !== 'sms' && (credit.status === 'open' || credit.status === 'in_review')
    );
  }

  private attach(transfer: BankTransfer, credit: CreditRecord): TransferOutcome {
    this.note(transfer, credit);
    return { creditId: credit.creditId, isNew: false };
  }

  private add(transfer: BankTransfer, holdReason: string | null): TransferOutcome {
    const { work } = this;
    const credit = work.putCredit(
      toCredit(transfer, { nowMs: work.nowMs, graceMs: this.options.settings.unmatchedGraceMs }),
    );
    this.note(transfer, credit);
    work.emitCreditReceived(credit);
    const reason = holdReason ?? (isPaidOtherwise(work, credit) ? 'possible_duplicate' : null);
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

  private retire(credit: CreditRecord, byCreditId: string): void {
    const { work } = this;
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

  private note({ rawIds, merchantId, livemode, claimKey, evidence }: BankTransfer, credit: CreditRecord): void {
    const { creditId, provider, slotKey } = credit;
    for (const rawId of rawIds) this.work.evidence.push({ rawId, creditId });
    const { source, account, postedOn, amountMinor, payer } = evidence;
    this.records.push({
      rawId: rawIds[0]!,
      claimKey,
      merchantId,
      livemode,
      source,
      account,
      postedOn,
      amountMinor,
      payerDocument: payer.document,
      payerName: payer.name,
      creditId,
    });
    const near = this.nearOf({ merchantId, livemode }, amountMinor);
    const money = near.get(creditId) ?? {
      creditId,
      merchantId,
      livemode,
      slot: { merchantId, livemode, provider, slotKey },
      evidence: [],
      claimKeys: [],
    };
    near.set(creditId, {
      ...money,
      evidence: [...money.evidence, evidence],
      claimKeys: [...money.claimKeys, claimKey],
    });
  }

  private nearOf(
    { merchantId, livemode }: Pick<SlotKey, 'merchantId' | 'livemode'>,
    amountMinor: number,
  ): Map<string, NearMoney> {
    const key = JSON.stringify([merchantId, livemode, amountMinor]);
    const known = this.near.get(key) ?? new Map<string, NearMoney>();
    this.near.set(key, known);
    return known;
  }
}

function toCredit(transfer: BankTransfer, at: { readonly nowMs: number; readonly graceMs: number }): CreditRecord {
  const {
    claimKey,
    evidence: { amountMinor, payer },
    currency,
    walletId,
    walletNumber,
    arrivedBy,
    receivedAt,
  } = transfer;
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
