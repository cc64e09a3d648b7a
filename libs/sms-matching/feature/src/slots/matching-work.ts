import { newId, topics, type CreditEvent } from '@paymatch/contracts';
import type { Message, Outbox } from '@paymatch/platform-messaging';
import type { Tx } from '@paymatch/platform-postgres';
import { evolveCase, systemActor, type CaseEvent } from '../cases/case-history.js';
import {
  type CaseEventRecord,
  type CaseRecord,
  type ClaimRecord,
  type CreditRecord,
  type Evidence,
  slotId,
  type SlotKey,
} from './records.js';
import { changesOf, note, type Change } from './changes.js';
import { MatchTraces, type Cause } from './match-traces.js';
import { writeRecords } from './records.write.js';
import type { LockedRecords } from './take-in.js';
import type { MovementRecord } from '../messages/wallet-movements.store.js';

export interface ReviewRequest {
  readonly reason: string;
  readonly paymentId: string | null;
  /** Who asks for it; the system where it is not said. */
  readonly actor?: string;
}

type CreditEventBody<T extends CreditEvent = CreditEvent> = T extends CreditEvent
  ? Omit<T, 'eventId' | 'merchantId' | 'livemode' | 'occurredAt'>
  : never;

/**
 * One transaction's locked records and what becomes of them: decisions change the copies here, `flush` writes what
 * changed in a few statements and the facts into the outbox. Holds no connection.
 */
export class MatchingWork {
  private readonly credits = new Map<string, CreditRecord>();
  private readonly claims = new Map<string, ClaimRecord>();
  private readonly cases = new Map<string, CaseRecord>();
  private readonly creditIdsBySlot = new Map<string, Set<string>>();
  private readonly claimIdsBySlot = new Map<string, Set<string>>();
  private readonly creditChanges = new Map<string, Change>();
  private readonly claimChanges = new Map<string, Change>();
  private readonly caseChanges = new Map<string, Change>();
  /** How far each payment's facts are applied with this. */
  private readonly versions = new Map<string, number>();
  private readonly caseEvents: CaseEventRecord[] = [];
  private readonly messages: Message<CreditEvent>[] = [];
  /** Which raw message is evidence of which credit. */
  readonly evidence: Evidence[] = [];
  /** What messages told of their wallets' course. */
  readonly movements: MovementRecord[] = [];
  /** What caused the changes that follow. */
  cause: Cause | null = null;

  constructor(
    locked: LockedRecords,
    readonly nowMs: number,
    private readonly traces = new MatchTraces(),
  ) {
    this.add(locked);
  }

  /** More that was looked up in the same transaction; what is here already is as it has become here. */
  add({ credits, claims, cases }: LockedRecords): void {
    for (const credit of credits) {
      if (!this.credits.has(credit.creditId)) this.credits.set(credit.creditId, credit);
      addTo(this.creditIdsBySlot, slotId(credit), credit.creditId);
    }
    for (const claim of claims) {
      if (!this.claims.has(claimId(claim))) this.claims.set(claimId(claim), claim);
      this.traces.waits(claim, null);
      addTo(this.claimIdsBySlot, slotId(claim), claimId(claim));
    }
    for (const one of cases) {
      const key = one.creditId ?? one.caseId;
      if (!this.cases.has(key)) this.cases.set(key, one);
    }
  }

  get now(): string {
    return new Date(this.nowMs).toISOString();
  }

  creditsOf(slot: SlotKey): readonly CreditRecord[] {
    return [...(this.creditIdsBySlot.get(slotId(slot)) ?? [])].map((id) => this.credits.get(id)!);
  }

  claimsOf(slot: SlotKey): readonly ClaimRecord[] {
    return [...(this.claimIdsBySlot.get(slotId(slot)) ?? [])].map((id) => this.claims.get(id)!);
  }

  openClaimsOf(slot: SlotKey): readonly ClaimRecord[] {
    return this.claimsOf(slot).filter((claim) => claim.status === 'open');
  }

  claimsOfPayment(paymentId: string): readonly ClaimRecord[] {
    return [...this.claims.values()].filter((claim) => claim.paymentId === paymentId);
  }

  creditsOfPayment(paymentId: string): readonly CreditRecord[] {
    return [...this.credits.values()].filter((credit) => credit.paymentId === paymentId);
  }

  get loadedCredits(): readonly CreditRecord[] {
    return [...this.credits.values()];
  }

  credit(creditId: string): CreditRecord | undefined {
    return this.credits.get(creditId);
  }

  /** The case of a credit. */
  caseOf(creditId: string): CaseRecord | undefined {
    return this.cases.get(creditId);
  }

  putCredit(credit: CreditRecord): CreditRecord {
    const isNew = !this.credits.has(credit.creditId);
    if (isNew) for (const one of this.awaitedCases(credit)) this.endWait(one, 'arrived');
    this.credits.set(credit.creditId, credit);
    note(this.creditChanges, credit.creditId, isNew);
    addTo(this.creditIdsBySlot, slotId(credit), credit.creditId);
    return credit;
  }

  putClaim(put: ClaimRecord): void {
    const waiting = put.status === 'open' ? put : { ...put, waitsUntil: null };
    const claim = this.traces.waits(waiting, this.claims.has(claimId(put)) ? null : this.cause);
    if (claim.status !== 'open')
      for (const one of this.awaitedCases(claim)) if (one.paymentId === claim.paymentId) this.endWait(one, 'withdrawn');
    note(this.claimChanges, claimId(claim), !this.claims.has(claimId(claim)));
    this.claims.set(claimId(claim), claim);
    addTo(this.claimIdsBySlot, slotId(claim), claimId(claim));
  }

  /** The open cases of payments that wait for this TrxID and hear of no message. */
  private awaitedCases(slot: SlotKey): readonly CaseRecord[] {
    return [...this.cases.values()].filter(
      ({ merchantId, livemode, provider, awaitedTrxId = null, status }) =>
        status === 'open' &&
        awaitedTrxId !== null &&
        slotId({ merchantId, livemode, provider: provider!, slotKey: awaitedTrxId }) === slotId(slot),
    );
  }

  /** A message has told of the TrxID, or nobody waits for it any more. */
  private endWait(awaited: CaseRecord, action: 'arrived' | 'withdrawn'): void {
    const ended = this.record(awaited, { action, note: null, actor: systemActor, commandId: null, at: this.now });
    const about = { ...awaited, walletNumber: awaited.caseId };
    const { caseId } = ended;
    this.emit(about, { type: 'credits.review-case-closed', caseId, resolution: action, actor: systemActor });
    resolveReview(this, about, { reviewCase: ended, creditId: null, actor: systemActor });
  }

  /** A credit that needs a person: opens, reopens or keeps its case. Repeats of the same reason change nothing. */
  review(credit: CreditRecord, review: ReviewRequest): void {
    const held = this.putCredit({
      ...credit,
      status: 'in_review',
      paymentId: null,
      decidedBy: null,
      attentionAt: null,
    });
    const known = this.cases.get(held.creditId);
    if (known?.status === 'open' && known.reason === review.reason) {
      if (review.paymentId !== null && known.paymentId !== review.paymentId) this.claimed(known, review.paymentId);
      return;
    }
    this.openCase(held, review);
  }

  private openCase(credit: CreditRecord, review: ReviewRequest): void {
    const known = this.cases.get(credit.creditId);
    const { merchantId, livemode, creditId, provider } = credit;
    const base: CaseRecord = known ?? {
      caseId: newId(this.nowMs),
      merchantId,
      livemode,
      creditId,
      messageHash: null,
      paymentId: null,
      provider,
      proposal: null,
      openedAt: this.now,
      eventsCount: 0,
      status: 'open',
      reason: review.reason,
      resolution: null,
      closedAt: null,
    };
    const action = known === undefined ? 'opened' : 'reopened';
    const next = this.record(
      { ...base, paymentId: review.paymentId ?? base.paymentId },
      { action, note: review.reason, actor: review.actor ?? systemActor, commandId: null, at: this.now },
    );
    if (known?.status !== 'open')
      this.emit(credit, { type: 'credits.review-case-opened', caseId: next.caseId, reason: review.reason });
  }

  /** A message contradicts a credit that is spent: the credit stays what it is, its case says what was found. */
  noteContradiction(credit: CreditRecord, reason: string): void {
    const known = this.cases.get(credit.creditId);
    if (known?.status === 'open' && known.reason === reason) return;
    this.openCase(credit, { reason, paymentId: credit.paymentId });
  }

  /** Notes on a credit's open case that a payment waits for this money. */
  claimed(reviewCase: CaseRecord, paymentId: string): void {
    this.record(
      { ...reviewCase, paymentId },
      { action: 'claimed', note: paymentId, actor: systemActor, commandId: null, at: this.now },
    );
  }

  /** Appends to a case's history; its state is the history's. */
  record(reviewCase: CaseRecord, event: CaseEvent): CaseRecord {
    const isNew = reviewCase.eventsCount === 0;
    const next: CaseRecord = {
      ...reviewCase,
      ...evolveCase(isNew ? null : reviewCase, event),
      eventsCount: reviewCase.eventsCount + 1,
    };
    const key = next.creditId ?? next.caseId;
    this.cases.set(key, next);
    note(this.caseChanges, key, isNew);
    this.caseEvents.push({ ...event, caseId: next.caseId, eventNo: next.eventsCount });
    return next;
  }

  /** Puts a fact into the outbox, keyed by its payment: that order is needed, and a bad fact holds up nobody else's. */
  emit(about: Pick<CreditRecord, 'merchantId' | 'livemode' | 'walletNumber'>, body: CreditEventBody): void {
    if (this.cause === null) throw new Error(`${body.type} about ${about.walletNumber} without a cause`);
    const eventId = newId(this.nowMs);
    const data = {
      ...body,
      eventId,
      merchantId: about.merchantId,
      livemode: about.livemode,
      occurredAt: this.now,
    } as CreditEvent;
    this.messages.push({
      id: eventId,
      type: data.type,
      source: 'sms-matching',
      key: ('paymentId' in body ? body.paymentId : null) ?? `${about.merchantId}:${about.walletNumber}`,
      time: this.now,
      dataVersion: 1,
      correlationId: this.cause.correlationId,
      causationId: this.cause.messageId,
      ...this.traces.contextOf(body, this.cause),
      data,
    });
  }

  /** A payment's facts are applied up to this one, once this is flushed. */
  advance({ id, version }: { readonly id: string; readonly version: number }): void {
    this.versions.set(id, version);
  }

  /** Writes what changed and the facts in one statement: with their guards they commit together or not at all. */
  async flush(tx: Tx, outbox: Outbox): Promise<void> {
    await writeRecords(tx, {
      credits: changesOf(this.credits, this.creditChanges),
      claims: changesOf(this.claims, this.claimChanges),
      cases: changesOf(this.cases, this.caseChanges),
      caseEvents: this.caseEvents,
      evidence: this.evidence,
      movements: this.movements,
      versions: [...this.versions].map(([paymentId, version]) => ({ paymentId, version })),
      facts: outbox.insertOf(topics.creditsEvents.name, this.messages),
    });
    this.traces.end();
  }

  get hasFacts(): boolean {
    return this.messages.length > 0;
  }
}

/** Tells the case's payment that its review is over. */
export function resolveReview(
  work: MatchingWork,
  about: Pick<CreditRecord, 'merchantId' | 'livemode' | 'walletNumber'>,
  end: { readonly reviewCase: CaseRecord; readonly creditId: string | null; readonly actor: string },
): void {
  const { caseId, paymentId, resolution } = end.reviewCase;
  if (paymentId === null || resolution === null) return;
  const actor = end.actor === systemActor ? null : end.actor;
  work.emit(about, { type: 'credits.review-resolved', paymentId, creditId: end.creditId, caseId, resolution, actor });
}

function addTo(index: Map<string, Set<string>>, key: string, value: string): void {
  const known = index.get(key);
  if (known) known.add(value);
  else index.set(key, new Set([value]));
}

function claimId(claim: ClaimRecord): string {
  return JSON.stringify([claim.paymentId, claim.provider, claim.slotKey]);
}
