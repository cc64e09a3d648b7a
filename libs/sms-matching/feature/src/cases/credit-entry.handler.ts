import {
  isUuid,
  newId,
  type ConfirmEntry,
  type CreditCommand,
  type CreditProposal,
  type EnterCredit,
  type EnteredCredit,
} from '@paymatch/contracts';
import type { Message, Outbox } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { Database, SqlRunner, Tx } from '@paymatch/platform-postgres';
import { isTrxId, type TemplateRegistry } from '@paymatch/sms-matching-domain';
import { enteredByHand } from './case-history.js';
import { refusal, requireActor } from './credit-refusal.js';
import { MatchingWork } from '../slots/matching-work.js';
import { enteredClaimKey, isEndToEndId, pixProvider, slotsOfEntered } from '../pix/pix-slots.js';
import { rawIdsOfCase } from '../messages/raw-messages.store.js';
import type { CaseRecord, SlotKey } from '../slots/records.js';
import { findCase, findProposal, hasCommand, lockMessageCase } from './review-cases.store.js';
import { match, settleSlot, type SettleOptions } from '../slots/slot-matching.js';
import { inMerchantTransaction } from '../slots/merchant-transaction.js';
import { lockAndLoad } from '../slots/slots.store.js';

export interface EntryOptions {
  /** A credit above this, in minor units, is entered by one person and confirmed by another. */
  readonly handCreditLimitMinor: number;
}

export interface CreditEntryPorts {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly registry: TemplateRegistry;
  readonly logger: Logger;
  readonly settings: SettleOptions & EntryOptions;
  readonly onCommitted: () => void;
}

interface Asked {
  readonly message: Message<CreditCommand>;
  readonly nowMs: number;
}

const NOTE_MAX = 500;

/**
 * Money that a person saw and no message told of. It stands on the same slot under the same unique key as money from a message: a
 * message that comes later is more evidence of it, and money that is known cannot be entered again.
 */
export class CreditEntryHandler {
  constructor(private readonly ports: CreditEntryPorts) {}

  /** Returns the case of the credit, or of its proposal. The same command twice is one entry. */
  async enter(command: EnterCredit, asked: Asked): Promise<string> {
    checkEntry(command, this.ports.registry);
    const slot = slotOf(command, command.credit);
    const caseId = await this.transaction(
      asked,
      { slot, caseIds: command.caseId === null ? [] : [await sourceOf(this.ports.database, command)] },
      async (tx, work, [source = null]) => {
        const repeated = await repeatOf(tx, work, { command, slot });
        if (repeated !== null) return repeated;
        if (source !== null) checkSource(source);
        const { credit, note, paymentId, actor, commandId } = command;
        const proposal: CreditProposal = {
          ...credit,
          note,
          paymentId,
          caseId: source?.caseId ?? null,
          proposedBy: actor,
        };
        const needsSecond = credit.amountMinor > this.ports.settings.handCreditLimitMinor;
        const opened = needsSecond
          ? propose(work, { slot, proposal, commandId })
          : await this.bring(tx, work, {
              slot,
              proposal,
              actor,
              source,
              event: { action: 'entered', note, commandId },
            });
        return opened.caseId;
      },
    );
    this.log(command, caseId);
    return caseId;
  }

  /** Makes a credit of a proposal. Refused to the person who proposed it, and when a message has brought the money meanwhile. */
  async confirm(command: ConfirmEntry, asked: Asked): Promise<void> {
    requireActor(command);
    const found = isUuid(command.caseId) ? await findCase(this.ports.database, command) : null;
    if (found === null) throw refusal('CASE_NOT_FOUND', { caseId: command.caseId });
    const { proposal } = found;
    if (proposal === null) throw refusal('CASE_NOT_PROPOSED', { caseId: found.caseId });
    const slot = slotOf(command, proposal);
    await this.transaction(
      asked,
      { slot, caseIds: [found.caseId, ...(proposal.caseId === null ? [] : [proposal.caseId])] },
      async (tx, work, cases) => {
        const held = cases[0]!;
        if (await hasCommand(tx, held.caseId, command.commandId)) return held.caseId;
        if (held.status === 'closed')
          throw refusal('CASE_CLOSED', { caseId: held.caseId, resolution: held.resolution });
        if (held.creditId !== null) throw refusal('CASE_NOT_PROPOSED', { caseId: held.caseId });
        if (isSamePerson(proposal.proposedBy, command.actor))
          throw refusal('SAME_PERSON', { proposedBy: proposal.proposedBy });
        refuseKnown(work, slot);
        const source = cases[1] ?? null;
        await this.bring(tx, work, {
          slot,
          proposal,
          actor: `${proposal.proposedBy} and ${command.actor}`,
          held,
          source,
          event: { action: 'confirmed', note: null, commandId: command.commandId, actor: command.actor },
        });
        return held.caseId;
      },
    );
    this.log(command, found.caseId);
  }

  /** Makes the credit, with a case that tells who entered it until it is spent. `actor` decides about the payment it is for. */
  private async bring(tx: Tx, work: MatchingWork, entry: Entry): Promise<CaseRecord> {
    const { slot, proposal, actor, source, event } = entry;
    const creditId = newId(work.nowMs);
    const credit = work.putCredit({
      ...slot,
      creditId,
      claimKey: enteredClaimKey(slot),
      walletId: proposal.walletId,
      walletNumber: proposal.walletNumber,
      trxId: proposal.trxId,
      amountMinor: proposal.amountMinor,
      currency: proposal.currency,
      senderNumber: proposal.senderNumber,
      balanceMinor: null,
      toleranceMinor: proposal.toleranceMinor,
      printedAt: null,
      receivedAt: proposal.receivedAt,
      status: 'in_review',
      paymentId: null,
      decidedBy: null,
      matchAttempts: 0,
      attentionAt: null,
      createdAt: work.now,
    });
    if (entry.held === undefined) work.review(credit, { reason: enteredByHand, paymentId: proposal.paymentId, actor });
    const reviewCase = work.record(entry.held === undefined ? work.caseOf(creditId)! : { ...entry.held, creditId }, {
      at: work.now,
      actor,
      ...event,
    });
    work.emitCreditReceived(credit);
    if (source !== null && source.status === 'open') await replaceSource(tx, work, { source, by: reviewCase, actor });
    if (proposal.paymentId === null) settleSlot(work, slot, this.ports.settings);
    else {
      work.record(
        { ...reviewCase, paymentId: proposal.paymentId },
        { at: work.now, actor, action: 'assigned', note: proposal.paymentId, commandId: null },
      );
      match(work, credit, { paymentId: proposal.paymentId, decidedBy: actor, settings: this.ports.settings });
    }
    return reviewCase;
  }

  /** Cases before slots, both in one order: everybody's order. */
  private async transaction(
    asked: Asked,
    locks: { readonly slot: SlotKey; readonly caseIds: readonly string[] },
    decide: (tx: Tx, work: MatchingWork, cases: readonly CaseRecord[]) => Promise<string>,
  ): Promise<string> {
    const { database, outbox, onCommitted } = this.ports;
    const { caseId, hasFacts } = await inMerchantTransaction(database, [locks.slot], async (tx) => {
      const locked = new Map<string, CaseRecord>();
      for (const caseId of [...locks.caseIds].sort()) locked.set(caseId, await lockMessageCase(tx, caseId));
      const work = new MatchingWork(
        await lockAndLoad(tx, [locks.slot, ...(await slotsOfEntered(tx, locks.slot))]),
        asked.nowMs,
      );
      work.cause = { correlationId: asked.message.correlationId, messageId: asked.message.id };
      const caseId = await decide(
        tx,
        work,
        locks.caseIds.map((id) => locked.get(id)!),
      );
      await work.flush(tx, outbox);
      return { caseId, hasFacts: work.hasFacts };
    });
    if (hasFacts) onCommitted();
    return caseId;
  }

  private log(command: EnterCredit | ConfirmEntry, caseId: string): void {
    this.ports.logger.info('credit entered by hand', {
      caseId,
      merchantId: command.merchantId,
      command: command.type,
      actor: command.actor,
      commandId: command.commandId,
    });
  }
}

interface Entry {
  readonly slot: SlotKey;
  readonly proposal: CreditProposal;
  readonly actor: string;
  /** The proposal's case, which becomes the credit's. */
  readonly held?: CaseRecord;
  readonly source: CaseRecord | null;
  readonly event: {
    readonly action: 'entered' | 'confirmed';
    readonly note: string | null;
    readonly commandId: string;
    readonly actor?: string;
  };
}

function slotOf(tenant: { readonly merchantId: string; readonly livemode: boolean }, credit: EnteredCredit): SlotKey {
  return { merchantId: tenant.merchantId, livemode: tenant.livemode, provider: credit.provider, slotKey: credit.trxId };
}

function checkEntry(command: EnterCredit, registry: TemplateRegistry): void {
  requireActor(command);
  const { credit, note, paymentId, caseId } = command;
  const faults = {
    ...(!isTrxIdOf(credit, registry) && { trxId: credit.trxId }),
    ...(!(Number.isSafeInteger(credit.amountMinor) && credit.amountMinor > 0) && { amountMinor: credit.amountMinor }),
    ...(!(typeof note === 'string' && note.trim() !== '' && note.length <= NOTE_MAX) && { note }),
    ...(Number.isNaN(Date.parse(credit.receivedAt)) && { receivedAt: credit.receivedAt }),
    ...(paymentId !== null && !isUuid(paymentId) && { paymentId }),
    ...(caseId !== null && !isUuid(caseId) && { caseId }),
  };
  if (Object.keys(faults).length > 0) throw refusal('INVALID_COMMAND', faults);
}

/** A mistyped id would let the money's own message count once more: what no message of this provider could carry is refused. */
function isTrxIdOf({ provider, trxId }: EnteredCredit, registry: TemplateRegistry): boolean {
  if (provider === pixProvider) return typeof trxId === 'string' && isEndToEndId(trxId);
  if (typeof trxId !== 'string' || !isTrxId(trxId)) return false;
  const shapes = new Set(
    registry.templates.flatMap((template) =>
      template.provider === provider && template.creditable && template.trxId !== null ? [template.trxId.shape] : [],
    ),
  );
  return shapes.size === 0 || [...shapes].some((shape) => new RegExp(`^(?:${shape})$`).test(trxId));
}

/** The case this very command has made before; `null` when it is new. Refuses a TrxID that is known or proposed already. */
async function repeatOf(
  tx: Tx,
  work: MatchingWork,
  entry: { readonly command: EnterCredit; readonly slot: SlotKey },
): Promise<string | null> {
  const { command, slot } = entry;
  for (const { creditId } of work.creditsOf(slot)) {
    const reviewCase = work.caseOf(creditId);
    if (reviewCase !== undefined && (await hasCommand(tx, reviewCase.caseId, command.commandId)))
      return reviewCase.caseId;
  }
  refuseKnown(work, slot);
  const proposed = await findProposal(tx, slot);
  if (proposed === null) return null;
  if (await hasCommand(tx, proposed.caseId, command.commandId)) return proposed.caseId;
  if (proposed.status === 'open') throw refusal('ENTRY_ALREADY_PROPOSED', { caseId: proposed.caseId });
  return null;
}

function refuseKnown(work: MatchingWork, slot: SlotKey): void {
  // A bank's notice of the same Pix stands under the txid it names.
  const claimKey = enteredClaimKey(slot);
  const known =
    work.creditsOf(slot)[0] ??
    (claimKey === null ? undefined : work.loadedCredits.find((credit) => credit.claimKey === claimKey));
  if (known !== undefined)
    throw refusal('CREDIT_EXISTS', {
      creditId: known.creditId,
      caseId: work.caseOf(known.creditId)?.caseId ?? null,
      status: known.status,
    });
}

/** The case whose messages a person takes for the money's evidence. */
async function sourceOf(runner: SqlRunner, command: EnterCredit): Promise<string> {
  const found = await findCase(runner, { ...command, caseId: command.caseId! });
  if (found === null) throw refusal('CASE_NOT_FOUND', { caseId: command.caseId });
  return found.caseId;
}

function checkSource(held: CaseRecord): void {
  if (held.status === 'closed') throw refusal('CASE_CLOSED', { caseId: held.caseId, resolution: held.resolution });
  if (held.messageHash === null) throw refusal('CASE_HAS_CREDIT', { caseId: held.caseId });
}

function propose(
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
async function replaceSource(
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

/** People are told apart by the names on their keys. */
function isSamePerson(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
