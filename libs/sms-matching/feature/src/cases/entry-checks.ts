import { isUuid, type EnterCredit, type EnteredCredit } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import { isTrxId, type TemplateRegistry } from '@paymatch/sms-matching-domain';
import { enteredClaimKey, isEndToEndId, pixProvider } from '../pix/pix-slots.js';
import type { MatchingWork } from '../slots/matching-work.js';
import type { CaseRecord, CreditRecord, SlotKey } from '../slots/records.js';
import { refusal, requireActor } from './credit-refusal.js';
import { findCase, findProposal, hasCommand } from './review-cases.store.js';

export interface EntryOptions {
  /** A credit above this, in poisha, is entered by one person and confirmed by another. */
  readonly handCreditLimitMinor: number;
  /** The same in centavos: a sum is held against the limit of its own currency. */
  readonly handCreditLimitBrlMinor: number;
}

const NOTE_MAX = 500;

export function checkEntry(command: EnterCredit, registry: TemplateRegistry): void {
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

/**
 * A mistyped id would let the money's own message count once more: what no message of this provider could carry is
 * refused.
 */
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

/** Where no limit is set for a currency, every sum of it takes two persons. */
export function needsSecondPerson({ amountMinor, currency }: EnteredCredit, options: EntryOptions): boolean {
  const limits: Readonly<Record<string, number>> = {
    BDT: options.handCreditLimitMinor,
    BRL: options.handCreditLimitBrlMinor,
  };
  return amountMinor > (Object.hasOwn(limits, currency) ? limits[currency]! : 0);
}

/**
 * The case this very command has made before; `null` when it is new. Refuses a TrxID that is known or proposed already.
 */
export async function repeatOf(
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

export function refuseKnown(work: MatchingWork, slot: SlotKey): void {
  // A bank's notice of the same Pix stands under the txid it names.
  const claimKey = enteredClaimKey(slot);
  const known =
    work.creditsOf(slot)[0] ??
    (claimKey === null ? undefined : work.loadedCredits.find((credit) => credit.claimKey === claimKey));
  if (known !== undefined) refuseExisting(work, known);
}

/** Money that is known is assigned, not entered again. */
export function refuseExisting(work: MatchingWork, known: CreditRecord): never {
  throw refusal('CREDIT_EXISTS', {
    creditId: known.creditId,
    caseId: work.caseOf(known.creditId)?.caseId ?? null,
    status: known.status,
  });
}

/** The case whose messages a person takes for the money's evidence. */
export async function sourceOf(runner: SqlRunner, command: EnterCredit): Promise<string> {
  const found = await findCase(runner, { ...command, caseId: command.caseId! });
  if (found === null) throw refusal('CASE_NOT_FOUND', { caseId: command.caseId });
  return found.caseId;
}

export function checkSource(held: CaseRecord): void {
  if (held.status === 'closed') throw refusal('CASE_CLOSED', { caseId: held.caseId, resolution: held.resolution });
  if (held.creditId !== null || held.proposal !== null) throw refusal('CASE_HAS_CREDIT', { caseId: held.caseId });
}

/** People are told apart by their addresses, keys that come from nobody by their names. */
export function isSamePerson(one: string, other: string): boolean {
  return personOf(one) === personOf(other);
}

/** `rahima@shop.example by key Server` is Rahima, whatever the key is called. */
function personOf(actor: string): string {
  return actor.split(' by key ', 1)[0]!.trim().toLowerCase();
}
