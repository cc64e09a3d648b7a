import { newId } from '@paymatch/contracts';
import { isBankTransfer, transferOf } from '../bank/bank-messages.js';
import { prepareTransfers, TransferRecorder } from '../bank/bank-transfers.js';
import { systemActor } from '../cases/case-history.js';
import type { ChainDoubt } from '@paymatch/sms-matching-domain';
import { checkChains, type DoubtedCredit } from './chain-check.js';
import type { MatchingWork } from '../slots/matching-work.js';
import { lockCasesOfMessages, openMessageCases, type MessageCase } from './message-cases.store.js';
import { caseReason, messageHash, needsCase, slotKeyOf, standsForMoney } from './message-reading.js';
import { changeReadings } from './raw-messages.store.js';
import { momentOf, type ReadMessage } from './read-message.js';
import type { CaseRecord, CreditRecord, SlotKey } from '../slots/records.js';
import { contradict, settleSlot, type SettleOptions } from '../slots/slot-matching.js';
import type { MerchantTx } from '../slots/merchant-transaction.js';
import { loadHeld } from '../slots/slots.store.js';
import { takeIn, type TakeIn } from '../slots/take-in.js';
import type { Held } from '../slots/matching-stage.js';
import { placesOf, type MovementRecord } from './wallet-movements.store.js';

export interface EffectPorts {
  readonly settings: SettleOptions;
}

/** A reading that stands for money. */
type ReadCredit = ReadMessage & { readonly slot: SlotKey };

/** One message on its way: what it comes to. */
interface Message {
  /** As it was read. */
  readonly read: ReadMessage;
  /** As it counts, after what a person has decided about it and what its wallet's history says. */
  readonly entry: ReadMessage;
  /** The case a person has it in. */
  readonly case: CaseRecord | undefined;
  /** Stored before, with another reading. */
  readonly isAgain: boolean;
}

/** Where these messages may have effects, to be looked at before they have any. */
export function concernsOf(entries: readonly ReadMessage[]): Pick<TakeIn, 'slots' | 'places'> {
  const readings = entries.map(({ reading }) => reading);
  return {
    slots: entries.filter(({ reading }) => standsForMoney(reading) && !isBankTransfer(reading)).map(slotFor),
    places: placesOf(readings),
  };
}

/** What messages come to, whether they are read for the first time, anew, or when their last part has come. */
export class MessageEffects {
  constructor(private readonly ports: EffectPorts) {}

  /**
   * `again`: those that were stored before with another reading. What the others may concern was looked up already.
   * Returns them as they count.
   */
  async apply(
    held: Held,
    messages: { readonly fresh: readonly ReadMessage[]; readonly again: readonly ReadMessage[] },
  ): Promise<readonly ReadMessage[]> {
    const { tx, work } = held;
    const { neighbours, read } = await this.prepare(held, messages);
    const { doubts, doubted, movements } = await checkChains(
      tx,
      read.map(({ entry }) => entry),
      neighbours,
    );
    const judged = read.map((message) => ({ ...message, entry: withDoubt(message.entry, doubts.get(message.entry)) }));
    await changeReadings(
      tx,
      judged.filter(({ isAgain, entry, read: before }) => isAgain || entry !== before).map(({ entry }) => entry),
    );
    work.movements.push(...movements);
    const entries = judged.map(({ entry }) => entry);
    await this.recordCredits(held, { entries, doubted });
    await this.openCases(tx, work, judged);
    const settled = new Set<string>();
    for (const { case: known, entry } of judged)
      if (known?.status === 'open' && !settled.has(known.caseId) && settleCase(work, known, entry))
        settled.add(known.caseId);
    return entries;
  }

  /** Messages that are read anew may be in a case, which is locked before anything else of theirs is looked at. */
  private async prepare(
    { tx, work, found }: Held,
    { fresh, again }: { readonly fresh: readonly ReadMessage[]; readonly again: readonly ReadMessage[] },
  ): Promise<{ readonly neighbours: readonly MovementRecord[]; readonly read: readonly Message[] }> {
    const { neighbours } = found;
    const first = fresh.map((read): Message => ({ read, entry: read, case: undefined, isAgain: false }));
    if (again.length === 0) return { neighbours, read: first };
    const cases = await lockCasesOfMessages(
      tx,
      again.flatMap(({ rawIds }) => rawIds),
    );
    const anew = again.map((read): Message => {
      const known = read.rawIds.flatMap((rawId) => cases.get(rawId) ?? [])[0];
      return { read, case: known, isAgain: true, entry: known?.status === 'closed' ? afterDecision(read) : read };
    });
    const more = await takeIn(tx, concernsOf(anew.map(({ entry }) => entry)));
    work.add(more);
    return { read: [...first, ...anew], neighbours: joinMovements(neighbours, more.neighbours) };
  }

  private async openCases(tx: MerchantTx, work: MatchingWork, messages: readonly Message[]): Promise<void> {
    const strange = messages
      .filter((one) => needsCase(one.entry.reading) && !standsForMoney(one.entry.reading) && one.case === undefined)
      .map(({ entry }) => toMessageCase(entry, { nowMs: work.nowMs, reason: caseReason(entry.reading) }));
    for (const opened of await openMessageCases(tx, strange)) {
      const { merchantId, livemode, walletNumber, caseId, reason, cause } = opened;
      work.cause = cause;
      work.emit({ merchantId, livemode, walletNumber }, { type: 'credits.review-case-opened', caseId, reason });
    }
  }

  private async recordCredits(
    { tx, work, later }: Held,
    { entries, doubted }: { readonly entries: readonly ReadMessage[]; readonly doubted: readonly DoubtedCredit[] },
  ): Promise<void> {
    const credits = entries
      .filter(({ reading }) => standsForMoney(reading))
      .map((entry): ReadCredit => ({ ...entry, slot: slotFor(entry) }));
    const prepared = await prepareTransfers(
      tx,
      credits.filter(({ reading }) => isBankTransfer(reading)).map(transferOf),
    );
    work.add(await loadHeld(tx, [...prepared.slots, ...doubted.map(({ slot }) => slot)]));
    const transfers = new TransferRecorder(work, { prepared, settings: this.ports.settings });
    later(() => transfers.flush(tx));
    for (const credit of credits) {
      work.cause = credit.cause;
      if (isBankTransfer(credit.reading)) transfers.record(transferOf(credit));
      else this.record(work, credit);
    }
    for (const { slot, walletId, reason } of doubted) {
      const credit = work.creditsOf(slot).find((one) => one.walletId === walletId);
      work.cause = entries[0]!.cause;
      if (credit !== undefined) contradict(work, credit, reason);
    }
  }

  private record(work: MatchingWork, entry: ReadCredit): void {
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

function joinMovements(known: readonly MovementRecord[], more: readonly MovementRecord[]): readonly MovementRecord[] {
  return [...new Map([...known, ...more].map((one) => [`${one.walletId} ${one.eventKey}`, one])).values()];
}

/** What its wallet's history speaks against waits for a person. */
function withDoubt(entry: ReadMessage, doubt: ChainDoubt | undefined): ReadMessage {
  return doubt === undefined ? entry : { ...entry, reading: { ...entry.reading, outcome: 'review', reasons: [doubt] } };
}

/**
 * A person has decided about this text when nobody could read it: what it turns out to say completes nothing by itself.
 */
function afterDecision(entry: ReadMessage): ReadMessage {
  if (entry.reading.outcome !== 'credit') return entry;
  return { ...entry, reading: { ...entry.reading, outcome: 'review', reasons: ['read_after_decision'] } };
}

/**
 * The case of a text that nobody could read, now that it was read: it ends, unless a person must still look. Returns
 * whether it was settled.
 */
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
