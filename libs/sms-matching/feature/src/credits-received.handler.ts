import { newId, type MessageReceived } from '@paymatch/contracts';
import { ContractError, type Message, type Outbox } from '@paymatch/platform-messaging';
import type { Logger } from '@paymatch/platform-observability';
import type { Database, Tx } from '@paymatch/platform-postgres';
import type { TemplateRegistry } from '@paymatch/sms-matching-domain';
import { systemActor } from './case-history.js';
import { checkChains, type ChainVerdicts } from './chain-check.js';
import { MatchingWork, type Cause } from './matching-work.js';
import { caseReason, messageHash, needsCase, readMessage, slotKeyOf, type Reading } from './message-reading.js';
import { openMessageCases, type MessageCase } from './message-cases.store.js';
import { changeReadings, insertRawMessages } from './raw-messages.store.js';
import type { CreditRecord, SlotKey } from './records.js';
import { contradict, settleSlot, type SettleOptions } from './slot-matching.js';
import { lockAndLoad } from './slots.store.js';

export interface CreditsReceivedOptions {
  readonly database: Database;
  readonly outbox: Outbox;
  readonly registry: TemplateRegistry;
  readonly logger: Logger;
  readonly settings: SettleOptions;
  /** Called after a commit that left facts in the outbox. */
  readonly onCommitted: () => void;
}

interface ReadMessage {
  readonly wire: Message<MessageReceived>;
  readonly message: MessageReceived;
  readonly reading: Reading;
}

/** A reading that stands for money. */
type ReadCredit = ReadMessage & { readonly slot: SlotKey };

/** Stores what phones handed over, reads it, and brings credits to where their claims wait. */
export class CreditsReceivedHandler {
  constructor(private readonly options: CreditsReceivedOptions) {}

  /** Idempotent: a message known by its id has had its effects, since they committed together. */
  async handle(wires: readonly Message<MessageReceived>[], nowMs: number): Promise<void> {
    const { database, outbox, onCommitted } = this.options;
    const read = wires.map((wire) => this.read(wire));
    const { hasFacts, fresh } = await database.transaction(async (tx) => {
      const newIds = await insertRawMessages(tx, read);
      const first = read.filter(({ message }, index) => newIds.has(message.rawId) && read.findIndex((other) => other.message.rawId === message.rawId) === index);
      const verdicts = await checkChains(tx, first);
      const fresh = verdicts.entries;
      await changeReadings(tx, fresh.filter((entry) => !first.includes(entry)));
      const work = await this.bringCredits(tx, verdicts, nowMs);
      const opened = await openMessageCases(tx, fresh.filter(({ reading }) => needsCase(reading) && !standsForMoney(reading)).map((entry) => toMessageCase(entry, nowMs)));
      for (const { merchantId, livemode, walletNumber, caseId, reason, cause } of opened) {
        work.cause = cause;
        work.emit({ merchantId, livemode, walletNumber }, { type: 'credits.review-case-opened', caseId, reason });
      }
      await work.flush(tx, outbox);
      return { hasFacts: work.hasFacts, fresh };
    });
    if (hasFacts) onCommitted();
    for (const { message, reading, wire } of fresh) {
      this.options.logger.info('message read', { rawId: message.rawId, merchantId: message.merchantId, outcome: reading.outcome, template: reading.parsed.template?.id ?? null, reasons: reading.reasons, trxId: reading.parsed.trxId, correlationId: wire.correlationId });
    }
  }

  private read(wire: Message<MessageReceived>): ReadMessage {
    const message = wire.data;
    if (typeof message.body !== 'string' || typeof message.sender !== 'string' || !Array.isArray(message.wallets)) throw new ContractError('a received message needs sender, body and wallets');
    return { wire, message, reading: readMessage(message, this.options.registry) };
  }

  private async bringCredits(tx: Tx, { entries, doubted, movements }: ChainVerdicts<ReadMessage>, nowMs: number): Promise<MatchingWork> {
    const credits = entries.filter(({ reading }) => standsForMoney(reading)).map((entry): ReadCredit => ({ ...entry, slot: slotFor(entry) }));
    const work = new MatchingWork(await lockAndLoad(tx, [...credits, ...doubted].map(({ slot }) => slot)), nowMs);
    work.movements.push(...movements);
    for (const credit of credits) {
      work.cause = causeOf(credit.wire);
      this.bring(work, credit);
    }
    for (const { slot, walletId, reason } of doubted) {
      const credit = work.creditsOf(slot).find((one) => one.walletId === walletId);
      work.cause = causeOf(entries[0]!.wire);
      if (credit !== undefined) contradict(work, credit, reason);
    }
    return work;
  }

  private bring(work: MatchingWork, entry: ReadCredit): void {
    const { slot, reading, message } = entry;
    const known = work.creditsOf(slot).find((credit) => credit.walletNumber === reading.wallet!.number);
    if (known !== undefined) {
      work.evidence.push({ rawId: message.rawId, creditId: known.creditId });
      // Two messages tell of one transfer with different sums: one of them lies.
      if (known.amountMinor !== reading.parsed.amountMinor) contradict(work, known, 'contradicting_messages');
      return;
    }
    const credit = work.putCredit(this.toCredit(entry, work.nowMs));
    work.evidence.push({ rawId: message.rawId, creditId: credit.creditId });
    // A believable payment of a kind that never credits by itself: a person has it, and whoever waits for it hears so.
    if (reading.outcome === 'review') work.review(credit, { reason: caseReason(reading), paymentId: null });
    else work.emitCreditReceived(credit);
    settleSlot(work, slot, this.options.settings);
  }

  private toCredit({ message, reading, slot }: ReadCredit, nowMs: number): CreditRecord {
    const { parsed, wallet } = reading;
    return {
      ...slot, creditId: newId(nowMs), walletId: wallet!.id, walletNumber: wallet!.number, trxId: parsed.trxId, amountMinor: parsed.amountMinor!, currency: parsed.currency!,
      senderNumber: parsed.counterparty, balanceMinor: parsed.balanceMinor, toleranceMinor: wallet!.toleranceMinor, printedAt: parsed.atUtc,
      receivedAt: message.receivedAt ?? message.sentAt ?? message.arrivedAt, status: 'open', paymentId: null, decidedBy: null, matchAttempts: 0,
      attentionAt: new Date(nowMs + this.options.settings.unmatchedGraceMs).toISOString(), createdAt: new Date(nowMs).toISOString(),
    };
  }
}

/** A credit, or a believable incoming payment that a rule keeps from crediting by itself: money a person may assign. */
function standsForMoney(reading: Reading): boolean {
  const { parsed, wallet } = reading;
  if (wallet === null || parsed.amountMinor === null || parsed.amountMinor <= 0) return false;
  return reading.outcome === 'credit' || (reading.outcome === 'review' && parsed.creditable && !parsed.doubted);
}

function slotFor({ message, reading }: ReadMessage): SlotKey {
  return { merchantId: message.merchantId, livemode: message.livemode, provider: reading.wallet!.provider, slotKey: slotKeyOf(reading.parsed, message) };
}

function causeOf(wire: Message): Cause {
  return { correlationId: wire.correlationId, messageId: wire.id };
}

function toMessageCase({ wire, message, reading }: ReadMessage, nowMs: number): MessageCase {
  const at = new Date(nowMs).toISOString();
  const reason = caseReason(reading);
  return {
    caseId: newId(nowMs), rawId: message.rawId, merchantId: message.merchantId, livemode: message.livemode, messageHash: messageHash(message), reason, provider: reading.wallet?.provider ?? reading.parsed.provider,
    walletNumber: reading.wallet?.number ?? message.deviceId, event: { at, actor: systemActor, action: 'opened', note: reason, commandId: null }, cause: causeOf(wire),
  };
}
