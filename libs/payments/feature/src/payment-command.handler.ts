import {
  orderedMinor,
  type ConfirmCredit,
  type CreatePayment,
  type PaymentCommand,
  type PaymentReply,
} from '@paymatch/contracts';
import { DomainError, releasesInvoice, type PaymentCommand as DomainCommand } from '@paymatch/payments-domain';
import {
  ClaimConflict,
  claimId,
  DuplicateCommand,
  EventStore,
  UnstorableEvent,
  VersionConflict,
  type ClaimName,
} from '@paymatch/platform-event-store';
import { Refusal, RequestUnavailable } from '@paymatch/platform-messaging';
import { passingOn, type Tracing } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { testAmounts, type TestOutcome } from '@paymatch/vocabulary';
import { allMoneyClaims, isSameMoney, moneyClaims } from './money-claims.js';
import { PaymentMeasures } from './payment.measures.js';
import { NewerEventError } from './payment-event.codec.js';
import { PaymentUnitOfWork, type CommandMessage, type Known, type LiveStream } from './payment-unit-of-work.js';
import { paymentsSchema } from './payments.migrations.js';
import { RecentFacts, RecentStreams } from './recent-streams.js';

/** How often one command is decided anew after losing a race, before its caller is told to try again. */
const conflictRetriesMax = 8;

/** A claim on the invoice while its payment is open or paid: a unique key, so that no other payment takes it. */
function invoiceClaim(command: PaymentCommand): ClaimName | null {
  if (command.type !== 'CreatePayment' || command.invoiceId === null) return null;
  return {
    scope: 'invoice',
    key: JSON.stringify([command.merchantId, command.livemode, command.dialect, command.invoiceId]),
  };
}

/** What must be known of who holds what. Unique keys stop one credit from completing two payments. */
function claimsToLoad(command: PaymentCommand): readonly ClaimName[] {
  if (command.type === 'ConfirmCredit') return allMoneyClaims(command);
  const claim = invoiceClaim(command);
  return claim === null ? [] : [claim];
}

/**
 * `trusting`: on what this process remembers. A payment to be created is taken to be new, for it is there only when its
 * command comes a second time, and a payment it has just worked on to be as it left it; when either is not so the
 * append refuses its version, and the batch is decided anew on what is `stored`.
 */
type Ground = 'trusting' | 'stored';

/**
 * Carries out payment commands in batches: loads the streams it does not remember in one query, decides in memory,
 * appends everything in one transaction. A lost race (another instance was faster) is decided anew, together while that
 * helps, in halves after that.
 */
export class PaymentCommandHandler {
  private readonly store = new EventStore({ schema: paymentsSchema });
  private readonly recent: RecentStreams;

  /** `recentFacts`: where the relay of this process finds what is about to be appended. */
  constructor(
    private readonly database: Database,
    private readonly recentFacts = new RecentFacts(),
    private readonly watching: { readonly measures: PaymentMeasures; readonly tracing: Tracing } = {
      measures: new PaymentMeasures(),
      tracing: passingOn,
    },
  ) {
    this.recent = new RecentStreams(database);
  }

  /**
   * One result per command, in order: a reply, or a rejection with `Refusal`, `RequestUnavailable` (wait) or a fault.
   */
  async commitBatch(messages: readonly CommandMessage[]): Promise<readonly PromiseSettledResult<PaymentReply>[]> {
    try {
      return await this.attempt(messages, 'trusting');
    } catch (error) {
      // Mostly a create that came a second time: with everything loaded it is known for what it is.
      if (isLostRace(error)) return this.commitLoaded(messages);
      if (error instanceof UnstorableEvent) return this.commitInHalves(messages);
      throw error;
    }
  }

  private async commitLoaded(
    messages: readonly CommandMessage[],
  ): Promise<readonly PromiseSettledResult<PaymentReply>[]> {
    const [only] = messages;
    if (only !== undefined && messages.length === 1) return [await this.commitAlone(only)];
    try {
      return await this.attempt(messages, 'stored');
    } catch (error) {
      if (isLostRace(error) || error instanceof UnstorableEvent) return this.commitInHalves(messages);
      throw error;
    }
  }

  /** What PostgreSQL cannot store (a NUL in a text) must neither fail its batch nor cost each of it an append. */
  private async commitInHalves(
    messages: readonly CommandMessage[],
  ): Promise<readonly PromiseSettledResult<PaymentReply>[]> {
    const middle = Math.ceil(messages.length / 2);
    const results: PromiseSettledResult<PaymentReply>[] = [];
    for (const half of [messages.slice(0, middle), messages.slice(middle)]) {
      // The other half may be committed: a fault is told to those only whom it met.
      const outcome = await this.commitLoaded(half).catch((reason: unknown) =>
        half.map((): PromiseSettledResult<PaymentReply> => ({ status: 'rejected', reason })),
      );
      results.push(...outcome);
    }
    return results;
  }

  private async commitAlone(message: CommandMessage): Promise<PromiseSettledResult<PaymentReply>> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return (await this.attempt([message], 'stored'))[0]!;
      } catch (error) {
        if (error instanceof UnstorableEvent)
          return { status: 'rejected', reason: new Refusal('INVALID_COMMAND', { reason: error.message }) };
        if (!isLostRace(error) || attempt >= conflictRetriesMax) return { status: 'rejected', reason: error };
      }
    }
  }

  /** Rejects only with a lost race or a fault; then nothing was written. */
  private async attempt(
    messages: readonly CommandMessage[],
    ground: Ground,
  ): Promise<readonly PromiseSettledResult<PaymentReply>[]> {
    const commands = messages.map((message) => message.data);
    const recent = ground === 'trusting' ? this.recent.among(commands.map(({ paymentId }) => paymentId)) : NOTHING;
    const work = await this.load(commands, { ground, recent });
    const results = messages.map((message) => settle(() => carryOut(work, message)));
    // No append will tell whether it was right to change nothing.
    if (recent.size > 0 && !results.every(isChange)) {
      this.recent.forget(recent.keys());
      return this.attempt(messages, 'stored');
    }
    if (work.newEvents.length > 0) await this.append(work);
    return results;
  }

  private async append(work: PaymentUnitOfWork): Promise<void> {
    this.recentFacts.keep(work.newFacts);
    const appended = this.watching.measures.append(work.newEvents.map(({ type }) => type));
    try {
      await this.store.append(this.database, { events: work.newEvents, claims: work.newClaims });
    } catch (error) {
      this.recent.forget(work.streams.keys());
      work.appended(error);
      throw error;
    }
    work.appended();
    appended();
    this.recent.keep(work.streams.values());
  }

  private async load(
    commands: readonly PaymentCommand[],
    { ground, recent }: { readonly ground: Ground; readonly recent: Known['recent'] },
  ): Promise<PaymentUnitOfWork> {
    const claims = commands.flatMap(claimsToLoad);
    const owners = claims.length === 0 ? new Map<string, string>() : await this.store.loadClaims(this.database, claims);
    const streamIds = new Set(
      commands
        .filter(({ type, paymentId }) => !(ground === 'trusting' && type === 'CreatePayment') && !recent.has(paymentId))
        .map(({ paymentId }) => paymentId),
    );
    // Who holds an invoice decides whether it may be taken over, and who holds money under its earlier name whether it
    // is the same: their streams are needed too.
    for (const command of commands) {
      const claim = command.type === 'ConfirmCredit' ? moneyClaims(command).earlier : invoiceClaim(command);
      const owner = claim && owners.get(claimId(claim));
      if (owner && !recent.has(owner)) streamIds.add(owner);
    }
    return new PaymentUnitOfWork({
      stored: await this.store.load(this.database, [...streamIds]),
      recent,
      claimOwners: owners,
      refundIds: await this.drawRefundIds(commands),
      tracing: this.watching.tracing,
    });
  }

  /** A number that is drawn and not used is a hole, which hurts nobody: a number is never drawn twice. */
  private async drawRefundIds(commands: readonly PaymentCommand[]): Promise<number[]> {
    const count = commands.filter(({ type }) => type === 'RecordRefund').length;
    if (count === 0) return [];
    const { rows } = await this.database.query<{ id: number }>(
      `SELECT nextval('payments.refund_numbers') AS id FROM generate_series(1, $1)`,
      [count],
    );
    return rows.map(({ id }) => Number(id));
  }
}

const NOTHING: Known['recent'] = new Map();

/** Whether the command has added events, which the append then confirms or refuses. */
function isChange(result: PromiseSettledResult<PaymentReply>): boolean {
  return result.status === 'fulfilled' && (result.value.outcome === 'created' || result.value.outcome === 'changed');
}

function isLostRace(error: unknown): boolean {
  return error instanceof VersionConflict || error instanceof ClaimConflict || error instanceof DuplicateCommand;
}

function settle<T>(work: () => T): PromiseSettledResult<T> {
  try {
    return { status: 'fulfilled', value: work() };
  } catch (error) {
    return { status: 'rejected', reason: answerable(error) };
  }
}

function answerable(error: unknown): unknown {
  if (error instanceof DomainError) return new Refusal(error.code, error.details);
  // Another instance runs a newer program: nothing is wrong with the command, and soon this one is replaced too.
  if (error instanceof NewerEventError) return new RequestUnavailable(error.message, 2, { cause: error });
  return error;
}

function carryOut(work: PaymentUnitOfWork, message: CommandMessage): PaymentReply {
  const command = message.data;
  const stream = work.stream(command.paymentId);
  // One tenant's command never touches another's payment, whatever id it names; the answer is that of an unknown id.
  if (
    stream.payment &&
    (stream.payment.merchantId !== command.merchantId || stream.payment.livemode !== command.livemode)
  )
    throw new DomainError('PAYMENT_NOT_FOUND');
  if (work.repeatOf(stream, command.commandId)) return work.reply(stream, command.commandId, 'unchanged');
  if (command.type === 'CreatePayment') return create(work, message, stream);
  const events = work.decide(stream, toDomain(command, work), message);
  if (command.type === 'ConfirmCredit' && events.some((event) => event.type === 'PaymentCompleted'))
    for (const claim of moneyClaims(command).taken) work.take(claim, stream.id);
  return work.reply(stream, command.commandId, events.length > 0 ? 'changed' : 'unchanged');
}

function create(work: PaymentUnitOfWork, message: CommandMessage, stream: LiveStream): PaymentReply {
  const command = message.data;
  const claim = invoiceClaim(command);
  const holderId = claim && work.ownerOf(claim);
  if (command.type === 'CreatePayment' && holderId && holderId !== stream.id) {
    const holder = work.stream(holderId);
    if (command.invoiceIsUsedOnce || !releasesInvoice(holder.state, command.now))
      return work.reply(holder, command.commandId, 'existing');
    // Time is up though the sweep has not come by: it ends here, so that the two are never open together.
    work.decide(holder, { type: 'ExpirePayment', now: command.now }, message);
  }
  const events = work.decide(stream, toDomain(command, work), message);
  if (claim && events.length > 0) work.take(claim, stream.id);
  return work.reply(stream, command.commandId, events.length > 0 ? 'created' : 'unchanged');
}

/** Leaves the envelope behind and adds what only the store knows. */
function toDomain(command: PaymentCommand, work: PaymentUnitOfWork): DomainCommand {
  switch (command.type) {
    case 'CreatePayment': {
      const { commandId: _c, paymentId: _p, invoiceIsUsedOnce: _u, ...facts } = command;
      // An older program asks without one.
      const charge = facts.charge ?? null;
      const outcome = pretendedOutcome({ ...facts, charge });
      if (outcome === undefined) return { ...facts, charge };
      return { ...facts, charge, pretended: { outcome, creditId: `test-${command.commandId}` } };
    }
    case 'ConfirmCredit':
      return { ...command, isCreditUsed: isCreditUsed(command, work) };
    case 'RecordRefund':
      return { ...command, refundId: work.takeRefundId() };
    case 'SimulateOutcome':
      return { ...command, creditId: `test-${command.commandId}` };
    default:
      return command;
  }
}

/** Some orders of test mode say what is to become of their payment; to live ones they are amounts like any other. */
function pretendedOutcome(
  command: Omit<CreatePayment, 'commandId' | 'paymentId' | 'invoiceIsUsedOnce'>,
): TestOutcome | undefined {
  return command.livemode || command.currency !== 'BDT' ? undefined : testAmounts[orderedMinor(command)];
}

/** Whether another payment was completed with this money, under any of its names. */
function isCreditUsed(command: ConfirmCredit, work: PaymentUnitOfWork): boolean {
  const { taken, earlier } = moneyClaims(command);
  const isAnothers = (claim: ClaimName): boolean => (work.ownerOf(claim) ?? command.paymentId) !== command.paymentId;
  if (taken.some(isAnothers)) return true;
  return earlier !== null && isAnothers(earlier) && isSameMoney(command, work.stream(work.ownerOf(earlier)!).payment);
}
