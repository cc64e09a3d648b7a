import { newId, type CreditProposal } from '@paymatch/contracts';
import type { Tx } from '@paymatch/platform-postgres';
import { findPayer } from '@paymatch/sms-matching-domain';
import { localDay } from '../bank/bank-days.js';
import type { Telling } from '../bank/bank-evidence.store.js';
import { hashFacts } from '../messages/evidence-hash.js';
import { rawIdsOfCase } from '../messages/raw-messages.store.js';
import { enteredClaimKey, pixProvider } from '../pix/pix-slots.js';
import type { MatchingWork } from '../slots/matching-work.js';
import { hexText, type CaseRecord, type CreditRecord, type RawRecord, type SlotKey } from '../slots/records.js';

/** The money that a person entered. */
export function enteredCredit(work: MatchingWork, slot: SlotKey, proposal: CreditProposal): CreditRecord {
  const { walletId, walletNumber, trxId, amountMinor, currency, senderNumber, toleranceMinor, receivedAt } = proposal;
  return {
    ...slot,
    creditId: newId(work.nowMs),
    claimKey: enteredClaimKey(slot),
    walletId,
    walletNumber,
    trxId,
    amountMinor,
    currency,
    senderNumber,
    balanceMinor: null,
    toleranceMinor,
    printedAt: null,
    receivedAt,
    status: 'in_review',
    paymentId: null,
    decidedBy: null,
    matchAttempts: 0,
    attentionAt: null,
    createdAt: work.now,
  };
}

/**
 * A person's word about a transfer that a bank may tell of too; wallets' money is known by its TrxID, whoever tells of
 * it.
 */
export function tellingOf(slot: SlotKey, entered: EnteredMoney, nowMs: number): Telling | null {
  if (entered.currency !== 'BRL') return null;
  const { merchantId, livemode, provider } = slot;
  const isPix = provider === pixProvider;
  return {
    merchantId,
    livemode,
    claimKey: enteredClaimKey(slot) ?? `hand:${provider}:${slot.slotKey}`,
    evidence: {
      source: 'hand',
      account: null,
      postedOn: localDay(Date.parse(entered.receivedAt)),
      amountMinor: entered.amountMinor,
      payer: findPayer(entered.senderNumber ?? ''),
      transferId: isPix ? slot.slotKey.toUpperCase() : null,
      bankId: null,
      isPix: isPix ? true : null,
      madeAt: null,
      reportedAt: new Date(nowMs).toISOString(),
    },
  };
}

type EnteredMoney = Pick<CreditProposal, 'amountMinor' | 'currency' | 'senderNumber' | 'receivedAt'>;

/** What the person said, kept like any other word about money. */
export function rawOf(slot: SlotKey, proposal: CreditProposal, nowMs: number): RawRecord {
  const rawId = newId(nowMs);
  const { merchantId, livemode } = slot;
  return {
    rawId,
    merchantId,
    livemode,
    deviceId: `person ${proposal.proposedBy}`,
    seq: null,
    sender: 'entered by hand',
    body: hexText(Buffer.from(JSON.stringify(proposal), 'utf8')),
    simSlot: null,
    wallets: [],
    sentAt: null,
    receivedAt: proposal.receivedAt,
    arrivedAt: new Date(nowMs).toISOString(),
    messageHash: hashFacts([rawId]),
    outcome: 'credit',
    template: 'entered',
    reading: { amountMinor: proposal.amountMinor, trxId: proposal.trxId },
  };
}

export function propose(
  work: MatchingWork,
  entry: { readonly slot: SlotKey; readonly proposal: CreditProposal; readonly commandId: string },
): CaseRecord {
  const { slot, proposal, commandId } = entry;
  const fresh: CaseRecord = {
    caseId: newId(work.nowMs),
    merchantId: slot.merchantId,
    livemode: slot.livemode,
    creditId: null,
    messageHash: null,
    paymentId: proposal.paymentId,
    provider: slot.provider,
    proposal,
    openedAt: work.now,
    eventsCount: 0,
    status: 'open',
    reason: 'credit_proposed',
    resolution: null,
    closedAt: null,
  };
  const actor = proposal.proposedBy;
  const opened = work.record(fresh, {
    at: work.now,
    actor,
    action: 'opened',
    note: 'credit_proposed',
    commandId: null,
  });
  work.emit(
    { merchantId: slot.merchantId, livemode: slot.livemode, walletNumber: proposal.walletNumber },
    { type: 'credits.review-case-opened', caseId: opened.caseId, reason: opened.reason },
  );
  return work.record(opened, { at: work.now, actor, action: 'proposed', note: proposal.note, commandId });
}

/** What the message was thought to say is a credit now: its case ends, its texts are the credit's evidence. */
export async function replaceSource(
  tx: Tx,
  work: MatchingWork,
  entry: { readonly source: CaseRecord; readonly by: CaseRecord; readonly actor: string },
): Promise<void> {
  const { source, by, actor } = entry;
  for (const rawId of await rawIdsOfCase(tx, source.caseId)) work.evidence.push({ rawId, creditId: by.creditId! });
  work.record(source, { at: work.now, actor, action: 'replaced', note: by.caseId, commandId: null });
  const credit = work.credit(by.creditId!)!;
  work.emit(credit, { type: 'credits.review-case-closed', caseId: source.caseId, resolution: 'replaced', actor });
}
