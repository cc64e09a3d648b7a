import { newId } from '@paymatch/contracts';
import type { Outbox } from '@paymatch/platform-messaging';
import { isBankTransfer, transferOf } from '../bank/bank-messages.js';
import { prepareTransfers, TransferBringer } from '../bank/bank-transfers.js';
import { systemActor } from '../cases/case-history.js';
import { checkChains, type ChainVerdicts } from './chain-check.js';
import { MatchingWork } from '../slots/matching-work.js';
import { lockCasesOfMessages, openMessageCases, type MessageCase } from './message-cases.store.js';
import { caseReason, messageHash, needsCase, slotKeyOf, standsForMoney } from './message-reading.js';
import { changeReadings } from './raw-messages.store.js';
import { momentOf, type ReadMessage } from './read-message.js';
import type { CaseRecord, CreditRecord, SlotKey } from '../slots/records.js';
import { contradict, settleSlot, type SettleOptions } from '../slots/slot-matching.js';
import type { MerchantTx } from '../slots/merchant-transaction.js';
import { lockAndLoad } from '../slots/slots.store.js';

export interface EffectPorts {
  readonly outbox: Outbox;
  readonly settings: SettleOptions;
}

/** A reading that stands for money. */
type ReadCredit = ReadMessage & { readonly slot: SlotKey };

/** What messages come to, whether they are read for the first time, anew, or when their last part has come. */
export class MessageEffects {
  constructor(private readonly ports: EffectPorts) {}

  /** `again`: those of `entries` that were stored before with another reading. Returns whether facts were left in the outbox. */
  async apply(
    tx: MerchantTx,
    entries: readonly ReadMessage[],
    context: { readonly nowMs: number; readonly again?: readonly ReadMessage[] },
  ): Promise<{ readonly hasFacts: boolean; readonly entries: readonly ReadMessage[] }> {
    const { nowMs, again = [] } = context;
    const cases = await lockCasesOfMessages(
      tx,
      again.flatMap(({ rawIds }) => rawIds),
    );
    const caseOf = (entry: ReadMessage): CaseRecord | undefined =>
      entry.rawIds.flatMap((rawId) => cases.get(rawId) ?? [])[0];
    const decided = entries.map((entry) => (caseOf(entry)?.status === 'closed' ? afterDecision(entry) : entry));
    const verdicts = await checkChains(tx, decided);
    await changeReadings(
      tx,
      verdicts.entries.filter((entry, index) => again.includes(entries[index]!) || entry !== decided[index]),
    );
    const { work, transfers } = await this.bringCredits(tx, verdicts, nowMs);
    const withoutCredit = verdicts.entries.filter(
      (entry, index) =>
        needsCase(entry.reading) && !standsForMoney(entry.reading) && caseOf(entries[index]!) === undefined,
    );
    for (const { merchantId, livemode, walletNumber, caseId, reason, cause } of await openMessageCases(
      tx,
      withoutCredit.map((entry) => toMessageCase(entry, { nowMs, reason: caseReason(entry.reading) })),
    )) {
      work.cause = cause;
      work.emit({ merchantId, livemode, walletNumber }, { type: 'credits.review-case-opened', caseId, reason });
    }
    const settled = new Set<string>();
    verdicts.entries.forEach((entry, index) => {
      const held = caseOf(entries[index]!);
      if (held?.status !== 'open' || settled.has(held.caseId)) return;
      if (settleCase(work, held, entry)) settled.add(held.caseId);
    });
    await work.flush(tx, this.ports.outbox);
    await transfers.flush(tx);
    return { hasFacts: work.hasFacts, entries: verdicts.entries };
  }

  private async bringCredits(
    tx: MerchantTx,
    { entries, doubted, movements }: ChainVerdicts<ReadMessage>,
    nowMs: number,
  ): Promise<{ readonly work: MatchingWork; readonly transfers: TransferBringer }> {
    const credits = entries
      .filter(({ reading }) => standsForMoney(reading))
      .map((entry): ReadCredit => ({ ...entry, slot: slotFor(entry) }));
    const prepared = await prepareTransfers(
      tx,
      credits.filter(({ reading }) => isBankTransfer(reading)).map(transferOf),
    );
    const work = new MatchingWork(
      await lockAndLoad(tx, [
        ...prepared.slots,
        ...[...credits.filter(({ reading }) => !isBankTransfer(reading)), ...doubted].map(({ slot }) => slot),
      ]),
      nowMs,
    );
    const transfers = new TransferBringer(work, { prepared, settings: this.ports.settings });
    work.movements.push(...movements);
    for (const credit of credits) {
      work.cause = credit.cause;
      if (isBankTransfer(credit.reading)) transfers.bring(transferOf(credit));
      else this.bring(work, credit);
    }
    for (const { slot, walletId, reason } of doubted) {
      const credit = work.creditsOf(slot).find((one) => one.walletId === walletId);
      work.cause = entries[0]!.cause;
      if (credit !== undefined) contradict(work, credit, reason);
    }
    return { work, transfers };
  }

  private bring(work: MatchingWork, entry: ReadCredit): void {
    const { slot, reading, rawIds } = entry;
    const known = work.creditsOf(slot).find((credit) => credit.walletNumber === reading.wallet!.number);
    if (known !== undefined) {
      for (const rawId of rawIds) work.evidence.push({ rawId, creditId: known.creditId });
      // Two messages tell of one transfer with different sums: one of them lies.
      if (known.amountMinor !== reading.parsed.amountMinor) contradict(work, known, 'contradicting_messages');
      return;
    }
    const credit = work.putCredit(this.toCredit(entry, work.nowMs));
    for (const rawId of rawIds) work.evidence.push({ rawId, creditId: credit.creditId });
    // A believable payment of a kind that never credits by itself: a person has it, and whoever waits for it hears so.
    if (reading.outcome === 'review') work.review(credit, { reason: caseReason(reading), paymentId: null });
    else work.emitCreditReceived(credit);
    settleSlot(work, slot, this.ports.settings);
  }

  private toCredit({ message, reading, slot }: ReadCredit, nowMs: number): CreditRecord {
    const { parsed, wallet } = reading;
    return {
      ...slot,
      creditId: newId(nowMs),
      walletId: wallet!.id,
      walletNumber: wallet!.number,
      trxId: parsed.trxId,
      amountMinor: parsed.amountMinor!,
      currency: parsed.currency!,
      senderNumber: parsed.counterparty,
      balanceMinor: parsed.balanceMinor,
      toleranceMinor: wallet!.toleranceMinor,
      printedAt: parsed.atUtc,
      receivedAt: momentOf(message),
      status: 'open',
      paymentId: null,
      decidedBy: null,
      matchAttempts: 0,
      attentionAt: new Date(nowMs + this.ports.settings.unmatchedGraceMs).toISOString(),
      createdAt: new Date(nowMs).toISOString(),
    };
  }
}

/** A person has decided about this text when nobody could read it: what it turns out to say completes nothing by itself. */
function afterDecision(entry: ReadMessage): ReadMessage {
  if (entry.reading.outcome !== 'credit') return entry;
  return { ...entry, reading: { ...entry.reading, outcome: 'review', reasons: ['read_after_decision'] } };
}

/** The case of a text that nobody could read, now that it was read: it ends, unless a person must still look. Returns whether it was settled. */
function settleCase(work: MatchingWork, held: CaseRecord, { reading, cause, message }: ReadMessage): boolean {
  const reason = caseReason(reading);
  if (needsCase(reading) && !standsForMoney(reading)) {
    if (reason !== held.reason)
      work.record(held, { at: work.now, actor: systemActor, action: 'reopened', note: reason, commandId: null });
    return reason !== held.reason;
  }
  work.cause = cause;
  work.record(held, { at: work.now, actor: systemActor, action: 'reparsed', note: reading.outcome, commandId: null });
  work.emit(
    { merchantId: held.merchantId, livemode: held.livemode, walletNumber: reading.wallet?.number ?? message.deviceId },
    { type: 'credits.review-case-closed', caseId: held.caseId, resolution: 'reparsed', actor: systemActor },
  );
  return true;
}

function slotFor({ message, reading }: ReadMessage): SlotKey {
  return {
    merchantId: message.merchantId,
    livemode: message.livemode,
    provider: reading.wallet!.provider,
    slotKey: slotKeyOf(reading.parsed, message),
  };
}

/** The case that puts a message before a person. */
export function toMessageCase(
  {
    cause,
    message,
    reading,
    rawIds,
  }: Pick<ReadMessage, 'cause' | 'message' | 'rawIds'> & { readonly reading: ReadMessage['reading'] | null },
  context: { readonly nowMs: number; readonly reason: string },
): MessageCase {
  const at = new Date(context.nowMs).toISOString();
  const { reason } = context;
  return {
    caseId: newId(context.nowMs),
    rawIds,
    merchantId: message.merchantId,
    livemode: message.livemode,
    messageHash: messageHash(message),
    reason,
    provider: reading?.wallet?.provider ?? reading?.parsed.provider ?? null,
    walletNumber: reading?.wallet?.number ?? message.deviceId,
    event: { at, actor: systemActor, action: 'opened', note: reason, commandId: null },
    cause,
  };
}
