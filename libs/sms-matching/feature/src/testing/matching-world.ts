import {
  examplePayment,
  newId,
  type CreditEvent,
  type CreditReply,
  type CreditCommand,
  type MessageReceived,
  type PaymentEventData,
  type PaymentEventType,
  type PaymentSnapshot,
  type ReviewCase,
  type WalletRef,
} from '@paymatch/contracts';
import { Outbox, type Message } from '@paymatch/platform-messaging';
import { silentLogger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { templateRegistry, type TemplateRegistry } from '@paymatch/sms-matching-domain';
import { AttentionSweep } from '../cases/attention.sweep.js';
import { CreditCommandsHandler } from '../cases/credit-commands.handler.js';
import { CreditsReceivedHandler } from '../messages/credits-received.handler.js';
import { MessageSweep } from '../messages/message.sweep.js';
import { MessageWaits } from '../cases/message-waits.js';
import { MatchRefusalsHandler } from '../payments/match-refusals.handler.js';
import { MatchingStage, type MatchingStageOptions } from '../slots/matching-stage.js';
import { PaymentEventsHandler } from '../payments/payment-events.handler.js';
import { smsMatchingMigrations, smsMatchingSchema } from '../schema/sms-matching.migrations.js';

export const GRACE_MS = 900_000;
export const PART_WAIT_MS = 60_000;
export const HAND_CREDIT_LIMIT_MINOR = 1_000_000;
export const HAND_CREDIT_LIMIT_BRL_MINOR = 200_000;
export const TRX_WAIT_MS = 600_000;
export const CONFIRMATION_WAIT_MS = 120_000;
/** 14 August 2026, 11:10 in Dhaka. */
export const T0 = Date.UTC(2026, 7, 14, 5, 10);

export const wallet: WalletRef = {
  id: '0197a6f0-0000-7000-8000-00000000000a',
  provider: 'bkash',
  number: '01711111111',
  accountType: 'personal',
  toleranceMinor: 0,
};
export const merchantId = '0197a6f0-0000-7000-8000-0000000000ff';

let trxCount = 0;
/** A fresh bKash TrxID of 14 August 2026. */
export function newTrxId(): string {
  trxCount += 1;
  return `DHE${trxCount.toString(36).toUpperCase().padStart(7, '0')}`;
}

export interface SmsFacts {
  readonly trxId: string;
  readonly amount?: string;
  readonly from?: string;
  readonly at?: string;
  readonly balance?: string;
}

/** A bKash receipt as it is worded. */
export function bkashSms({
  trxId,
  amount = '500.00',
  from = '01822222222',
  at = '14/08/2026 11:09',
  balance = '2,231.40',
}: SmsFacts): string {
  return `You have received Tk ${amount} from ${from}. Fee Tk 0.00. Balance Tk ${balance}. TrxID ${trxId} at ${at}`;
}

export function received(body: string, changes: Partial<MessageReceived> = {}): Message<MessageReceived> {
  const rawId = changes.rawId ?? newId();
  const data: MessageReceived = {
    type: 'credits.message-received',
    merchantId,
    livemode: true,
    deviceId: 'phone-1',
    seq: 1,
    sender: 'bKash',
    body,
    simSlot: 1,
    wallets: [wallet],
    sentAt: new Date(T0 - 60_000).toISOString(),
    receivedAt: new Date(T0 - 55_000).toISOString(),
    arrivedAt: new Date(T0).toISOString(),
    ...changes,
    rawId,
  };
  return message(rawId, data.type, data);
}

/** A payment whose facts can be told one after another, as payments publishes them. */
export class FakePayment {
  snapshot: PaymentSnapshot;

  constructor(changes: Partial<PaymentSnapshot> = {}) {
    this.snapshot = examplePayment(
      {
        merchantId,
        expiresAt: new Date(T0 + 1_500_000).toISOString(),
        ...changes,
      },
      T0 - 300_000,
    );
  }

  get id(): string {
    return this.snapshot.id;
  }

  submits(trxId: string, changes: Partial<PaymentSnapshot> = {}): Message<PaymentEventData> {
    return this.fact('payments.trx-submitted', {
      status: 'awaiting_verification',
      provider: 'bkash',
      trxId,
      walletNumber: wallet.number,
      ...changes,
    });
  }

  completes(creditId: string): Message<PaymentEventData> {
    return this.fact('payments.payment-completed', { status: 'completed', creditId });
  }

  fails(): Message<PaymentEventData> {
    return this.fact('payments.payment-failed', { status: 'failed' });
  }

  expires(): Message<PaymentEventData> {
    return this.fact('payments.payment-expired', { status: 'expired' });
  }

  requiresReview(creditId: string, reason: string): Message<PaymentEventData> {
    return this.fact('payments.review-required', {}, { creditId, reason });
  }

  private fact(
    type: PaymentEventType,
    changes: Partial<PaymentSnapshot>,
    details: Readonly<Record<string, unknown>> = {},
  ): Message<PaymentEventData> {
    this.snapshot = {
      ...this.snapshot,
      ...changes,
      version: this.snapshot.version + 1,
      updatedAt: new Date(T0 + this.snapshot.version).toISOString(),
    };
    const eventId = newId();
    return message(eventId, type, { type, eventId, details, payment: this.snapshot });
  }
}

/** Every call as if it came to an instance of its own, so that what is told at the same time meets in the database. */
function apart(ports: MatchingStageOptions): Pick<MatchingStage, 'commit'> {
  return { commit: (shares) => new MatchingStage(ports).commit(shares) };
}

/** The service's handlers on a database of their own. Facts stay in the outbox, where tests read them. */
export class MatchingWorld {
  nowMs = T0;
  readonly stage: Pick<MatchingStage, 'commit'>;
  readonly credits: CreditsReceivedHandler;
  readonly payments: PaymentEventsHandler;
  readonly refusals: MatchRefusalsHandler;
  readonly commands: CreditCommandsHandler;
  readonly sweep: AttentionSweep;
  readonly messages: MessageSweep;

  private constructor(
    private readonly test: TestDatabase,
    registry: TemplateRegistry,
    isOneInstance = false,
  ) {
    const settings = {
      unmatchedGraceMs: GRACE_MS,
      confirmationWaitMs: CONFIRMATION_WAIT_MS,
      matchAttemptsMax: 3,
      handCreditLimitMinor: HAND_CREDIT_LIMIT_MINOR,
      handCreditLimitBrlMinor: HAND_CREDIT_LIMIT_BRL_MINOR,
      partWaitMs: PART_WAIT_MS,
    };
    const ports = {
      database: test.database,
      outbox: new Outbox({ schema: smsMatchingSchema }),
      registry,
      logger: silentLogger,
      settings,
      onCommitted: () => undefined,
      waits: new MessageWaits(TRX_WAIT_MS),
    };
    this.stage = isOneInstance ? new MatchingStage(ports) : apart(ports);
    const staged = { ...ports, stage: this.stage };
    this.credits = new CreditsReceivedHandler(staged);
    this.payments = new PaymentEventsHandler(staged);
    this.refusals = new MatchRefusalsHandler(staged);
    this.commands = new CreditCommandsHandler(ports);
    this.sweep = new AttentionSweep({ ...ports, clock: { nowMs: () => this.nowMs }, intervalMs: 1_000, rowsMax: 50 });
    this.messages = new MessageSweep({ ...ports, clock: { nowMs: () => this.nowMs }, intervalMs: 1_000, rowsMax: 5 });
  }

  static async create(): Promise<MatchingWorld> {
    return MatchingWorld.on(
      await createTestDatabase({ schema: smsMatchingSchema, migrations: smsMatchingMigrations, poolMax: 20 }),
    );
  }

  /** On a database that has a past. */
  static on(test: TestDatabase): MatchingWorld {
    return new MatchingWorld(test, templateRegistry);
  }

  /**
   * One instance on the same database: what it hears about a merchant at the same time goes through one transaction.
   */
  oneInstance(): MatchingWorld {
    return new MatchingWorld(this.test, templateRegistry, true);
  }

  /** Another instance on the same database, that reads with another registry. */
  withRegistry(registry: TemplateRegistry): MatchingWorld {
    return new MatchingWorld(this.test, registry);
  }

  get database(): Database {
    return this.test.database;
  }

  get url(): string {
    return this.test.url;
  }

  drop(): Promise<void> {
    return this.test.drop();
  }

  async clear(): Promise<void> {
    this.nowMs = T0;
    await this.database
      .query(`TRUNCATE sms_matching.raw_messages, sms_matching.credits, sms_matching.credit_messages, sms_matching.claims,
      sms_matching.payment_versions, sms_matching.review_cases, sms_matching.case_messages, sms_matching.review_case_events, sms_matching.wallet_movements, sms_matching.message_groups, sms_matching.outbox CASCADE`);
  }

  receive(...messages: readonly Message<MessageReceived>[]): Promise<void> {
    return this.credits.handle(messages, this.nowMs);
  }

  tell(...facts: readonly Message<PaymentEventData>[]): Promise<void> {
    return this.payments.handle(facts, this.nowMs);
  }

  /** Payments' word on a match that became no fact. */
  refuse(paymentId: string, creditId: string, reason: string): Promise<void> {
    const occurredAt = new Date(this.nowMs).toISOString();
    const data = { type: 'payments.match-refused', merchantId, livemode: true, occurredAt } as const;
    return this.refusals.handle([message(newId(), data.type, { ...data, paymentId, creditId, reason })], this.nowMs);
  }

  command(command: CreditCommand, id = newId()): Promise<CreditReply> {
    return this.commands.handle(message(id, command.type, command), this.nowMs);
  }

  async facts(): Promise<readonly CreditEvent[]> {
    const { rows } = await this.database.query<{ message: Message<CreditEvent> }>(
      'SELECT message FROM sms_matching.outbox ORDER BY xid, pos',
    );
    return rows.map((row) => row.message.data);
  }

  async factsOf<Type extends CreditEvent['type']>(
    type: Type,
  ): Promise<readonly Extract<CreditEvent, { readonly type: Type }>[]> {
    return (await this.facts()).filter(
      (fact): fact is Extract<CreditEvent, { readonly type: Type }> => fact.type === type,
    );
  }

  async cases(status: 'open' | 'closed' | null = null): Promise<readonly ReviewCase[]> {
    return (await this.command({
      type: 'ListReviewCases',
      merchantId,
      livemode: true,
      status,
      reason: null,
      limit: 100,
      before: null,
    })) as readonly ReviewCase[];
  }

  async creditStatuses(): Promise<string[]> {
    const { rows } = await this.database.query<{ status: string }>(
      'SELECT status FROM sms_matching.credits ORDER BY created_at, credit_id',
    );
    return rows.map((row) => row.status);
  }

  async claimStatuses(): Promise<Readonly<Record<string, string>>> {
    const { rows } = await this.database.query<{ payment_id: string; slot_key: string; status: string }>(
      'SELECT payment_id, slot_key, status FROM sms_matching.claims',
    );
    return Object.fromEntries(rows.map((row) => [`${row.payment_id}/${row.slot_key}`, row.status]));
  }

  async count(table: string): Promise<number> {
    return (await this.database.query<{ count: number }>(`SELECT count(*) FROM sms_matching.${table}`)).rows[0]!.count;
  }
}

function message<Data>(id: string, type: string, data: Data): Message<Data> {
  return {
    id,
    type,
    source: 'test',
    key: 'k',
    time: new Date(T0).toISOString(),
    dataVersion: 1,
    correlationId: `c-${id}`,
    causationId: null,
    data,
  };
}
