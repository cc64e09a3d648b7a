import {
  isUuid,
  type ConfirmEntry,
  type CreditCommand,
  type CreditProposal,
  type EnterCredit,
  type EnteredCredit,
} from '@paymatch/contracts';
import type { Message, Outbox } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import type { TemplateRegistry } from '@paymatch/sms-matching-domain';
import { lookAround, possibleDuplicate, ReportedMoney } from '../bank/reported-money.js';
import { insertRawRecords } from '../messages/raw-messages.store.js';
import { slotsOfEntered } from '../pix/pix-slots.js';
import { causeOf } from '../slots/match-traces.js';
import { MatchingWork } from '../slots/matching-work.js';
import type { CaseRecord, SlotKey } from '../slots/records.js';
import { inMerchantTransaction, type MerchantTx } from '../slots/merchant-transaction.js';
import { match, settleSlot, type SettleOptions } from '../slots/slot-matching.js';
import { loadHeld } from '../slots/slots.store.js';
import { enteredByHand } from './case-history.js';
import { refusal, requireActor } from './credit-refusal.js';
import { enteredCredit, propose, rawOf, replaceSource, tellingOf } from './entered-credit.js';
import {
  checkEntry,
  checkSource,
  isSamePerson,
  needsSecondPerson,
  refuseExisting,
  refuseKnown,
  repeatOf,
  sourceOf,
  type EntryOptions,
} from './entry-checks.js';
import { findCase, hasCommand, lockMessageCase } from './review-cases.store.js';

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

/**
 * Money that a person saw and no message told of. It stands on the same slot under the same unique key as money from a
 * message: a message that comes later is more evidence of it, and money that is known cannot be entered again.
 */
export class CreditEntryHandler {
  constructor(private readonly ports: CreditEntryPorts) {}

  /** Returns the case of the credit, or of its proposal. The same command twice is one entry. */
  async enter(command: EnterCredit, asked: Asked): Promise<string> {
    checkEntry(command, this.ports.registry);
    const slot = slotOf(command, command.credit);
    const caseId = await this.transaction(
      asked,
      {
        slot,
        credit: command.credit,
        caseIds: command.caseId === null ? [] : [await sourceOf(this.ports.database, command)],
      },
      async ({ tx, work, reported }, [source = null]) => {
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
        const opened = needsSecondPerson(credit, this.ports.settings)
          ? propose(work, { slot, proposal, commandId })
          : await this.enterMoney(
              { tx, work, reported },
              {
                slot,
                proposal,
                actor,
                source,
                event: { action: 'entered', note, commandId },
              },
            );
        return opened.caseId;
      },
    );
    this.log(command, caseId);
    return caseId;
  }

  /**
   * Makes a credit of a proposal. Refused to the person who proposed it, and when a message has brought the money
   * meanwhile.
   */
  async confirm(command: ConfirmEntry, asked: Asked): Promise<void> {
    requireActor(command);
    const found = isUuid(command.caseId) ? await findCase(this.ports.database, command) : null;
    if (found === null) throw refusal('CASE_NOT_FOUND', { caseId: command.caseId });
    const { proposal } = found;
    if (proposal === null) throw refusal('CASE_NOT_PROPOSED', { caseId: found.caseId });
    const slot = slotOf(command, proposal);
    await this.transaction(
      asked,
      { slot, credit: proposal, caseIds: [found.caseId, ...(proposal.caseId === null ? [] : [proposal.caseId])] },
      async ({ tx, work, reported }, cases) => {
        const held = cases[0]!;
        if (await hasCommand(tx, held.caseId, command.commandId)) return held.caseId;
        if (held.status === 'closed')
          throw refusal('CASE_CLOSED', { caseId: held.caseId, resolution: held.resolution });
        if (held.creditId !== null) throw refusal('CASE_NOT_PROPOSED', { caseId: held.caseId });
        if (isSamePerson(proposal.proposedBy, command.actor))
          throw refusal('SAME_PERSON', { proposedBy: proposal.proposedBy });
        refuseKnown(work, slot);
        const source = cases[1] ?? null;
        await this.enterMoney(
          { tx, work, reported },
          {
            slot,
            proposal,
            actor: `${proposal.proposedBy} and ${command.actor}`,
            held,
            source,
            event: { action: 'confirmed', note: null, commandId: command.commandId, actor: command.actor },
          },
        );
        return held.caseId;
      },
    );
    this.log(command, found.caseId);
  }

  /**
   * Makes the credit, with a case that tells who entered it until it is spent. `actor` decides about the payment it is
   * for.
   */
  private async enterMoney({ tx, work, reported }: Entering, entry: Entry): Promise<CaseRecord> {
    const { slot, proposal, actor, source, event } = entry;
    const isDoubted = isReported(work, reported, { slot, proposal });
    const credit = work.putCredit(enteredCredit(work, slot, proposal));
    await this.noteTelling({ tx, work, reported }, { slot, proposal, creditId: credit.creditId });
    const reason = isDoubted ? possibleDuplicate : enteredByHand;
    if (entry.held === undefined) work.review(credit, { reason, paymentId: proposal.paymentId, actor });
    const reviewCase = work.record(
      entry.held === undefined ? work.caseOf(credit.creditId)! : { ...entry.held, creditId: credit.creditId },
      { at: work.now, actor, ...event },
    );
    // Of a case without messages the wait has ended with the credit itself.
    if (source !== null && source.status === 'open' && source.messageHash !== null)
      await replaceSource(tx, work, { source, by: reviewCase, actor });
    // Somebody has to look at both, and give away one: a person may, by assigning the case's money.
    if (isDoubted) work.review(work.credit(credit.creditId)!, { reason, paymentId: proposal.paymentId });
    else if (proposal.paymentId === null) settleSlot(work, slot, this.ports.settings);
    else {
      work.record(
        { ...reviewCase, paymentId: proposal.paymentId },
        { at: work.now, actor, action: 'assigned', note: proposal.paymentId, commandId: null },
      );
      match(work, credit, { paymentId: proposal.paymentId, decidedBy: actor, settings: this.ports.settings });
    }
    return reviewCase;
  }

  private async noteTelling(
    { tx, work, reported }: Entering,
    entered: { readonly slot: SlotKey; readonly proposal: CreditProposal; readonly creditId: string },
  ): Promise<void> {
    const { slot, proposal, creditId } = entered;
    const telling = tellingOf(slot, proposal, work.nowMs);
    if (telling === null) return;
    const raw = rawOf(slot, proposal, work.nowMs);
    await insertRawRecords(tx, [raw]);
    reported.note(telling, work.credit(creditId)!, raw.rawId);
  }

  /** Cases before slots, both in one order: everybody's order. */
  private async transaction(
    asked: Asked,
    locks: { readonly slot: SlotKey; readonly credit: EnteredCredit; readonly caseIds: readonly string[] },
    decide: (entering: Entering, cases: readonly CaseRecord[]) => Promise<string>,
  ): Promise<string> {
    const { database, outbox, onCommitted } = this.ports;
    const { slot, credit, caseIds } = locks;
    const telling = tellingOf(slot, credit, asked.nowMs);
    const { caseId, hasFacts } = await inMerchantTransaction(database, { merchants: [slot] }, async (tx) => {
      const locked = new Map<string, CaseRecord>();
      for (const caseId of [...caseIds].sort()) locked.set(caseId, await lockMessageCase(tx, caseId));
      const near = await lookAround(tx, telling === null ? [] : [telling]);
      const slots = [slot, ...(await slotsOfEntered(tx, slot)), ...near.slots];
      const work = new MatchingWork(await loadHeld(tx, slots), asked.nowMs);
      const reported = new ReportedMoney(work, near);
      work.cause = causeOf(asked.message);
      const caseId = await decide(
        { tx, work, reported },
        caseIds.map((id) => locked.get(id)!),
      );
      await work.flush(tx, outbox);
      await reported.flush(tx);
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

interface Entering {
  readonly tx: MerchantTx;
  readonly work: MatchingWork;
  readonly reported: ReportedMoney;
}

function slotOf(tenant: { readonly merchantId: string; readonly livemode: boolean }, credit: EnteredCredit): SlotKey {
  return { merchantId: tenant.merchantId, livemode: tenant.livemode, provider: credit.provider, slotKey: credit.trxId };
}

/**
 * Whether a bank may have told of this very money: then entering it gives nothing away. What is known by its id is
 * refused.
 */
function isReported(
  work: MatchingWork,
  reported: ReportedMoney,
  { slot, proposal }: { readonly slot: SlotKey; readonly proposal: CreditProposal },
): boolean {
  const telling = tellingOf(slot, proposal, work.nowMs);
  if (telling === null) return false;
  const identity = reported.identify(telling);
  if (identity.type === 'known' && identity.byId) refuseExisting(work, work.credit(identity.creditId)!);
  return identity.type !== 'new';
}
