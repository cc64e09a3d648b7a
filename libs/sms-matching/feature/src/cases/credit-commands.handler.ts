import {
  isUuid,
  type CreditCommand,
  type CreditReply,
  type MessageReading,
  type ParkedMessage,
  type ParkedMessagesPage,
  type ReviewCase,
  type GetReviewSettings,
  type ReviewSettings,
} from '@paymatch/contracts';
import { ContractError, PostgresParkingLot, type Message, type Outbox } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';
import { parseMessage, toParseResult, type TemplateRegistry } from '@paymatch/sms-matching-domain';
import { CreditQuestionsHandler, isQuestion } from '../books/credit-questions.handler.js';
import { CreditEntryHandler } from './credit-entry.handler.js';
import type { EntryOptions } from './entry-checks.js';
import type { MessageWaits } from './message-waits.js';
import { causeOf } from '../slots/match-traces.js';
import { MatchingWork, resolveReview } from '../slots/matching-work.js';
import type { CaseRecord } from '../slots/records.js';
import { advanceTestClock } from './test-clock.handler.js';
import { findCase, hasCommand, listCases, lockMessageCase, viewCases } from './review-cases.store.js';
import { findParked, listParked } from '../messages/parked-messages.store.js';
import { KEPT_DAYS_MAX, KEPT_DAYS_MIN, readKeptDays, setKeptDays } from '../messages/message-keeping.js';
import { refusal, requireActor } from './credit-refusal.js';
import { match, resolveReviews, type SettleOptions } from '../slots/slot-matching.js';
import { inMerchantTransaction } from '../slots/merchant-transaction.js';

export interface CreditCommandsOptions {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly registry: TemplateRegistry;
  readonly logger: Logger;
  readonly settings: SettleOptions & EntryOptions;
  /** Called after a commit that left facts in the outbox. */
  readonly onCommitted: () => void;
  readonly waits: MessageWaits;
}

type CommandOf<Type extends CreditCommand['type']> = Extract<CreditCommand, { readonly type: Type }>;
type CaseCommand = CommandOf<'AssignCredit'> | CommandOf<'IgnoreCase'> | CommandOf<'RejectPayment'>;

const LIST_MAX = 100;
const NAMED_MAX = 500;
const PARSE_MAX = 500;

/** Answers what operators and merchants ask of cases and credits. */
export class CreditCommandsHandler {
  private readonly entry: CreditEntryHandler;
  private readonly questions: CreditQuestionsHandler;

  constructor(private readonly options: CreditCommandsOptions) {
    this.entry = new CreditEntryHandler(options);
    this.questions = new CreditQuestionsHandler(options);
  }

  async handle(message: Message<CreditCommand>, nowMs: number): Promise<CreditReply> {
    const command = message.data;
    if (isQuestion(command)) return this.questions.handle(command);
    switch (command.type) {
      case 'ListReviewCases':
        return this.list(command);
      case 'GetReviewCase':
        return this.view(await this.existing(command));
      case 'AssignCredit':
      case 'IgnoreCase':
      case 'RejectPayment':
        return this.change(command, { message, nowMs });
      case 'EnterCredit':
        return this.view(
          await this.existing({ ...command, caseId: await this.entry.enter(command, { message, nowMs }) }),
        );
      case 'ConfirmEntry': {
        await this.entry.confirm(command, { message, nowMs });
        return this.view(await this.existing(command));
      }
      case 'AdvanceTestClock':
        return advanceTestClock(this.options.database, command, nowMs);
      case 'ParseMessages':
        return this.parse(command);
      case 'ListParkedMessages':
        return this.listParked(command);
      case 'DecideParkedMessage':
        return this.decideParked(command);
      case 'GetReviewSettings':
        return this.reviewSettings(command);
      case 'SetReviewSettings':
        return this.setReview(command);
      default:
        throw new ContractError(`unknown command ${String((command as { readonly type: unknown }).type)}`);
    }
  }

  private async list(command: CommandOf<'ListReviewCases'>): Promise<readonly ReviewCase[]> {
    const { limit, before, paymentId = null, from = null, to = null, caseIds = null } = command;
    if (!Number.isSafeInteger(limit) || limit < 1 || limit > LIST_MAX || (before !== null && !isUuid(before)))
      throw refusal('INVALID_COMMAND', { limit, before });
    if (
      (paymentId !== null && !isUuid(paymentId)) ||
      [from, to].some((at) => at !== null && Number.isNaN(Date.parse(at)))
    )
      throw refusal('INVALID_COMMAND', { paymentId, from, to });
    if (caseIds !== null && !(Array.isArray(caseIds) && caseIds.length <= NAMED_MAX && caseIds.every(isUuid)))
      throw refusal('INVALID_COMMAND', { caseIds: 'unreadable' });
    return viewCases(this.options.database, await listCases(this.options.database, command));
  }

  private async listParked(command: CommandOf<'ListParkedMessages'>): Promise<ParkedMessagesPage> {
    const { limit, before, status } = command;
    if (!isCount(limit, LIST_MAX) || (before !== null && !isCount(before, Number.MAX_SAFE_INTEGER)))
      throw refusal('INVALID_COMMAND', { limit, before });
    if (status !== 'parked' && status !== 'discarded') throw refusal('INVALID_COMMAND', { status });
    return listParked(this.options.database, command);
  }

  /** Asked for once more, or given up: what waits behind it is tried either way. */
  private async decideParked(command: CommandOf<'DecideParkedMessage'>): Promise<ParkedMessage> {
    const { database, logger } = this.options;
    const { id, decision } = command;
    if (!isCount(id, Number.MAX_SAFE_INTEGER)) throw refusal('INVALID_COMMAND', { id });
    if (decision !== 'replay' && decision !== 'discard') throw refusal('INVALID_COMMAND', { decision });
    if ((await findParked(database, command)) === null) throw refusal('PARKED_NOT_FOUND', { id });
    const lot = new PostgresParkingLot(database);
    if (decision === 'discard') await lot.discard(id);
    else await lot.requestReplay({ id });
    logger.info('parked message decided', { parkedId: id, merchantId: command.merchantId, decision });
    const decided = await findParked(database, command, decision === 'discard' ? 'discarded' : 'parked');
    // Replayed meanwhile: it is taken, and is parked no more.
    if (decided === null) throw refusal('PARKED_NOT_FOUND', { id });
    return decided;
  }

  private async setReview(command: CommandOf<'SetReviewSettings'>): Promise<ReviewSettings> {
    const { messageWaitMinutes = null, messagesKeptDays = null } = command;
    if (messageWaitMinutes !== null && !isCount(messageWaitMinutes, 10_080))
      throw refusal('INVALID_COMMAND', { messageWaitMinutes });
    if (messagesKeptDays !== null && !(isCount(messagesKeptDays, KEPT_DAYS_MAX) && messagesKeptDays >= KEPT_DAYS_MIN))
      throw refusal('INVALID_COMMAND', { messagesKeptDays });
    await this.options.waits.set(this.options.database, command);
    await setKeptDays(this.options.database, command);
    return this.reviewSettings(command);
  }

  private async reviewSettings(shop: Pick<GetReviewSettings, 'merchantId' | 'livemode'>): Promise<ReviewSettings> {
    const { database, waits } = this.options;
    return { ...(await waits.read(database, shop)), messagesKeptDays: await readKeptDays(database, shop) };
  }

  private async existing(command: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly caseId: string;
  }): Promise<CaseRecord> {
    const found = isUuid(command.caseId) ? await findCase(this.options.database, command) : null;
    if (found === null) throw refusal('CASE_NOT_FOUND', { caseId: command.caseId });
    return found;
  }

  private async view(reviewCase: CaseRecord): Promise<ReviewCase> {
    const [view] = await viewCases(this.options.database, [reviewCase]);
    return view!;
  }

  /** A person's decision. The same command twice is one decision; a case in which one is under way takes no other. */
  private async change(
    command: CaseCommand,
    context: { readonly message: Message<CreditCommand>; readonly nowMs: number },
  ): Promise<ReviewCase> {
    requireActor(command);
    const found = await this.existing(command);
    const { database, outbox, logger, onCommitted } = this.options;
    const wanted = { creditIds: found.creditId === null ? [] : [found.creditId] };
    const hasFacts = await inMerchantTransaction(database, { merchants: [found], wanted }, async (tx, known) => {
      const work = new MatchingWork(known, context.nowMs);
      work.cause = causeOf(context.message);
      const held = found.creditId === null ? await lockMessageCase(tx, found.caseId) : work.caseOf(found.creditId)!;
      if (await hasCommand(tx, held.caseId, command.commandId)) return false;
      // A proposal that was confirmed meanwhile has a credit now, whose slot is not locked here.
      if (held.creditId !== found.creditId) throw refusal('CASE_IN_PROGRESS', { caseId: held.caseId });
      if (held.status === 'closed') throw refusal('CASE_CLOSED', { caseId: held.caseId, resolution: held.resolution });
      if (command.type === 'AssignCredit') this.assign(work, held, command);
      else if (command.type === 'IgnoreCase')
        this.ignore(work, { held, command, walletNumber: await walletNumberOf(tx, held) });
      else this.reject(work, { held, command, walletNumber: await walletNumberOf(tx, held) });
      await work.flush(tx, outbox);
      return work.hasFacts;
    });
    if (hasFacts) onCommitted();
    logger.info('review case decided', {
      caseId: found.caseId,
      merchantId: found.merchantId,
      command: command.type,
      actor: command.actor,
      correlationId: context.message.correlationId,
      traceparent: context.message.traceparent,
    });
    return this.view(await this.existing(command));
  }

  private assign(work: MatchingWork, held: CaseRecord, command: CommandOf<'AssignCredit'>): void {
    const credit = held.creditId === null ? undefined : work.credit(held.creditId);
    if (credit === undefined) throw refusal('CASE_HAS_NO_CREDIT', { caseId: held.caseId });
    if (credit.status === 'matched')
      throw refusal('CASE_IN_PROGRESS', { caseId: held.caseId, paymentId: credit.paymentId });
    if (credit.status === 'consumed')
      throw refusal('CREDIT_ALREADY_USED', { caseId: held.caseId, paymentId: credit.paymentId });
    if (!isUuid(command.paymentId)) throw refusal('INVALID_COMMAND', { paymentId: command.paymentId });
    work.record(
      { ...held, paymentId: command.paymentId },
      { at: work.now, actor: command.actor, action: 'assigned', note: command.paymentId, commandId: command.commandId },
    );
    match(work, credit, { paymentId: command.paymentId, decidedBy: command.actor, settings: this.options.settings });
  }

  private ignore(
    work: MatchingWork,
    decision: { readonly held: CaseRecord; readonly command: CommandOf<'IgnoreCase'>; readonly walletNumber: string },
  ): void {
    const { held, command, walletNumber } = decision;
    const credit = held.creditId === null ? undefined : work.credit(held.creditId);
    if (credit?.status === 'matched')
      throw refusal('CASE_IN_PROGRESS', { caseId: held.caseId, paymentId: credit.paymentId });
    // A spent credit stays spent; closing its case only says that somebody has seen the contradiction.
    if (credit !== undefined && credit.status !== 'consumed')
      work.putCredit({ ...credit, status: 'ignored', attentionAt: null });
    const { actor, commandId } = command;
    const closed = work.record(held, { at: work.now, actor, action: 'ignored', note: command.reason, commandId });
    const about = {
      merchantId: held.merchantId,
      livemode: held.livemode,
      walletNumber: credit?.walletNumber ?? walletNumber,
    };
    const { caseId } = closed;
    work.emit(about, { type: 'credits.review-case-closed', caseId, resolution: 'ignored', actor });
    if (credit !== undefined) resolveReviews(work, work.credit(credit.creditId)!, { reviewCase: closed, actor });
    else resolveReview(work, about, { reviewCase: closed, creditId: null, actor });
  }

  /** The payment fails; the money, if there is any, is no less there for it and keeps its case open. */
  private reject(
    work: MatchingWork,
    decision: {
      readonly held: CaseRecord;
      readonly command: CommandOf<'RejectPayment'>;
      readonly walletNumber: string;
    },
  ): void {
    const { held, command, walletNumber } = decision;
    const credit = held.creditId === null ? undefined : work.credit(held.creditId);
    const paymentId = command.paymentId ?? held.paymentId;
    if (paymentId === null) throw refusal('CASE_HAS_NO_PAYMENT', { caseId: held.caseId });
    if (!isUuid(paymentId)) throw refusal('INVALID_COMMAND', { paymentId });
    if (credit?.status === 'matched' && credit.paymentId === paymentId)
      throw refusal('CASE_IN_PROGRESS', { caseId: held.caseId, paymentId });
    const { actor, commandId, reason } = command;
    const about = {
      merchantId: held.merchantId,
      livemode: held.livemode,
      walletNumber: credit?.walletNumber ?? walletNumber,
    };
    const noted = work.record(
      { ...held, paymentId },
      { at: work.now, actor, action: 'payment_rejected', note: reason, paymentId, commandId },
    );
    work.emit(about, { type: 'credits.payment-rejected', paymentId, caseId: held.caseId, reason, actor });
    if (held.creditId !== null || held.proposal !== null) return;
    work.record(noted, { at: work.now, actor, action: 'rejected', note: reason, commandId: null });
    work.emit(about, { type: 'credits.review-case-closed', caseId: held.caseId, resolution: 'rejected', actor });
  }

  private parse(command: CommandOf<'ParseMessages'>): readonly MessageReading[] {
    if (!Array.isArray(command.messages) || command.messages.length > PARSE_MAX)
      throw refusal('INVALID_COMMAND', { messagesMax: PARSE_MAX });
    return command.messages.map((message) => toParseResult(parseMessage(message, this.options.registry)));
  }
}

function isCount(value: unknown, max: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= max;
}

/** The wallet or device under whose key the facts about a case without a credit go. */
async function walletNumberOf(tx: Tx, held: CaseRecord): Promise<string> {
  if (held.proposal !== null) return held.proposal.walletNumber;
  const {
    rows: [row],
  } = await tx.query<{ device_id: string }>(
    'SELECT device_id FROM sms_matching.case_messages JOIN sms_matching.raw_messages USING (raw_id) WHERE case_id = $1 ORDER BY arrived_at LIMIT 1',
    [held.caseId],
  );
  return row?.device_id ?? held.caseId;
}
