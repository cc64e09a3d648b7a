import {
  earlyRefundId,
  paymentStatuses,
  uuidToUlid,
  type PaymentEventData,
  type PaymentSnapshot,
} from '@paymatch/contracts';
import { GroupCommit, oneByOne } from '@paymatch/platform-batching';
import type { Logger } from '@paymatch/platform-observability';
import { isDatabaseUnreachable, uuidArray, type Database } from '@paymatch/platform-postgres';
import type { ChangeNews } from './changes/change-news.ports.js';
import { PaymentLists } from './payments-v1.lists.js';
import { PaymentsProjection } from './payments-v1.projection.js';
import type {
  PaymentListQuery,
  PaymentReadModel,
  PaymentRefund,
  PaymentRefundsReadModel,
} from './read-models.ports.js';
import { RecentVersions } from './recent-versions.js';

const BATCH_MAX = 500;
/** How soon a watcher hears of what another instance wrote. */
const WATCH_LOOK_MS = 250;
const DAY_MS = 86_400_000;
const DIALECTS: readonly PaymentSnapshot['dialect'][] = ['fastaar', 'smartfastpay'];

interface Watch {
  readonly onChange: (payment: PaymentSnapshot) => void;
  announcedVersion: number;
}

/** What is written at once: a payment as it stands, and the fact it comes from where that must be kept by itself. */
interface Change {
  readonly payment: PaymentSnapshot;
  readonly fact: PaymentEventData | null;
}

/**
 * The read model in PostgreSQL. Facts that arrive together, from requests and from the broker, are written together.
 */
export class PostgresPaymentReadModel implements PaymentReadModel, PaymentRefundsReadModel {
  private readonly projection = new PaymentsProjection();
  private readonly lists: PaymentLists;
  private readonly recent = new RecentVersions();
  private readonly watches = new Map<string, Set<Watch>>();
  private readonly commits: GroupCommit<Change, void>;
  private readonly lookups: GroupCommit<string, PaymentSnapshot | null>;
  private seenLosses = 0;
  private looking: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly database: Database,
    private readonly logger: Logger,
    /** Told of what this process writes. */
    private readonly news: Pick<ChangeNews, 'tell'> | null = null,
  ) {
    this.lists = new PaymentLists(database);
    // One batch at a time: two would wait for each other at the counts of the same day.
    this.commits = new GroupCommit({
      batchSizeMax: BATCH_MAX,
      concurrencyMax: 1,
      streamOf: (change) => change.payment.id,
      commitBatch: (changes) => this.commit(changes),
    });
    this.lookups = new GroupCommit({
      batchSizeMax: BATCH_MAX,
      concurrencyMax: 2,
      streamOf: (paymentId) => paymentId,
      commitBatch: (paymentIds) => this.findTogether(paymentIds),
    });
  }

  /** Changes and questions that wait to be taken together with others. */
  get depth(): number {
    return this.commits.depth + this.lookups.depth;
  }

  async apply(events: readonly PaymentEventData[]): Promise<void> {
    await this.applyChanges(
      events.map((fact) => ({ payment: fact.payment, fact: fact.type === 'payments.refund-recorded' ? fact : null })),
    );
  }

  /** As `apply`, for a payment that came without its facts: an answer to a repeated command. */
  async applySnapshot(payment: PaymentSnapshot): Promise<void> {
    await this.applyChanges([{ payment, fact: null }]);
  }

  async findPublic(paymentId: string): Promise<PaymentSnapshot | null> {
    return this.lookups.submit(paymentId);
  }

  /** Pages that are opened at the same moment are looked up together; each sees what was written before it asked. */
  private async findTogether(
    paymentIds: readonly string[],
  ): Promise<readonly PromiseSettledResult<PaymentSnapshot | null>[]> {
    const { rows } = await this.database.query<{ snapshot: PaymentSnapshot }>({
      name: 'find-public-payments',
      text: 'SELECT snapshot FROM gateway.payments_v1 WHERE id = ANY ($1::uuid[])',
      values: [uuidArray([...new Set(paymentIds)])],
    });
    const found = new Map(rows.map(({ snapshot }) => [snapshot.id, snapshot]));
    return paymentIds.map((id) => ({ status: 'fulfilled', value: found.get(id) ?? null }));
  }

  async find(key: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly paymentId: string;
  }): Promise<PaymentSnapshot | null> {
    const {
      rows: [row],
    } = await this.database.query<{ snapshot: PaymentSnapshot }>({
      name: 'find-payment',
      text: 'SELECT snapshot FROM gateway.payments_v1 WHERE id = $1 AND merchant_id = $2 AND livemode = $3',
      values: [key.paymentId, key.merchantId, key.livemode],
    });
    return row?.snapshot ?? null;
  }

  list(query: PaymentListQuery): Promise<{ readonly payments: readonly PaymentSnapshot[]; readonly total: number }> {
    return this.lists.list(query);
  }

  async refunds(key: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly paymentId: string;
  }): Promise<readonly PaymentRefund[]> {
    const { rows } = await this.database.query<{
      version: number;
      amount_minor: number;
      source: 'api' | 'panel';
      created_at: Date;
      refund_id: number | null;
    }>(
      `SELECT version, amount_minor, source, created_at, refund_id FROM gateway.payment_refunds_v1
        WHERE payment_id = $1 AND merchant_id = $2 AND livemode = $3 ORDER BY version DESC LIMIT 1000`,
      [key.paymentId, key.merchantId, key.livemode],
    );
    return rows.map((row) => ({
      id:
        row.refund_id ??
        earlyRefundId({ paymentId: key.paymentId, version: row.version, at: row.created_at.toISOString() }),
      amountMinor: row.amount_minor,
      source: row.source,
      createdAt: row.created_at.toISOString(),
    }));
  }

  async createdSince(key: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly since: Date;
  }): Promise<number> {
    const {
      rows: [row],
    } = await this.database.query<{ n: string | number | null }>({
      name: 'payments-created-since',
      text: `SELECT sum(n) AS n FROM gateway.payment_counts_v1
              WHERE merchant_id = $1 AND livemode = $2 AND dialect = ANY ($3) AND slot_minutes = 1440
                AND status = ANY ($4) AND slot >= $5`,
      values: [key.merchantId, key.livemode, DIALECTS, paymentStatuses, Math.floor(key.since.getTime() / DAY_MS)],
    });
    return Number(row?.n ?? 0);
  }

  /**
   * Tells of what this process writes at once, and of what another instance wrote a moment later: the facts of a
   * payment go to one instance, its page may be open at another. Each watch belongs to an open HTTP request, so the
   * server's connections bound their number.
   */
  watch(paymentId: string, onChange: (payment: PaymentSnapshot) => void): () => void {
    const watch: Watch = { onChange, announcedVersion: this.recent.versionOf(paymentId) };
    const watches = this.watches.get(paymentId) ?? new Set();
    this.watches.set(paymentId, watches.add(watch));
    this.looking ??= setTimeout(() => void this.lookAtWatched(), WATCH_LOOK_MS);
    return () => {
      watches.delete(watch);
      if (watches.size === 0 && this.watches.get(paymentId) === watches) this.watches.delete(paymentId);
    };
  }

  /** One query for all that is watched, however many pages are open. */
  private async lookAtWatched(): Promise<void> {
    const watched = [...this.watches].map(([id, watches]) => ({
      id,
      version: Math.min(...[...watches].map(({ announcedVersion }) => announcedVersion)),
    }));
    try {
      const { rows } = await this.database.query<{ snapshot: PaymentSnapshot }>({
        name: 'look-at-watched',
        text: `SELECT snapshot FROM unnest($1::uuid[], $2::bigint[]) AS announced (id, version)
               JOIN gateway.payments_v1 AS payment ON payment.id = announced.id
                 AND payment.version > announced.version`,
        values: [watched.map(({ id }) => id), watched.map(({ version }) => version)],
      });
      for (const { snapshot } of rows) this.announce(snapshot);
    } catch (error) {
      // Pages poll by themselves while the database is away.
      this.logger.debug('watched payments could not be looked at', { error });
    }
    this.looking =
      this.watches.size === 0 || this.isClosed ? undefined : setTimeout(() => void this.lookAtWatched(), WATCH_LOOK_MS);
  }

  /** Resolves when everything accepted is written. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.looking);
    await Promise.all([this.commits.close(), this.lookups.close()]);
  }

  /**
   * What this process has written already is not written again; a refund's own row is told apart from its payment, so
   * it always goes.
   */
  private async applyChanges(changes: readonly Change[]): Promise<void> {
    this.forgetWhatACrashMayHaveTaken();
    const unwritten = changes.filter(
      ({ payment, fact }) => fact !== null || payment.version > this.recent.versionOf(payment.id),
    );
    await Promise.all(unwritten.map((change) => this.commits.submit(change)));
    if (this.watches.size > 0) for (const { payment } of changes) this.announce(payment);
    for (const { payment } of unwritten) this.tell(payment);
  }

  private tell({ merchantId, livemode, id, dialect, version }: PaymentSnapshot): void {
    this.news?.tell({
      merchantId,
      livemode,
      kind: 'payment',
      id: dialect === 'fastaar' ? uuidToUlid(id) : id,
      change: version === 1 ? 'created' : 'changed',
    });
  }

  /**
   * Rows are not flushed one by one: after a crash of the server the broker brings their facts again, and they must be
   * written again.
   */
  private forgetWhatACrashMayHaveTaken(): void {
    if (this.seenLosses === this.database.lostConnections) return;
    this.seenLosses = this.database.lostConnections;
    this.recent.forgetAll();
  }

  private async commit(changes: readonly Change[]): Promise<readonly PromiseSettledResult<void>[]> {
    try {
      await this.write(changes);
      return changes.map(() => ({ status: 'fulfilled', value: undefined }));
    } catch (error) {
      if (changes.length === 1 || isDatabaseUnreachable(error)) throw error;
      // One change that cannot be written must not keep the others from their callers.
      return oneByOne(changes, (change) => this.write([change]));
    }
  }

  private async write(changes: readonly Change[]): Promise<void> {
    // Derived from facts that are flushed, and delivered again as long as the consumer's place in the log is not.
    const sql = this.database.relaxed;
    const lossesBefore = this.database.lostConnections;
    await this.projection.writeRefunds(
      sql,
      changes.flatMap(({ fact }) => (fact === null ? [] : [fact])),
    );
    await this.projection.write(
      sql,
      changes.map(({ payment }) => payment),
    );
    if (this.database.lostConnections !== lossesBefore) return;
    for (const { payment } of changes) this.recent.remember(payment.id, payment.version);
  }

  private announce(payment: PaymentSnapshot): void {
    for (const watch of this.watches.get(payment.id) ?? []) {
      if (payment.version <= watch.announcedVersion) continue;
      watch.announcedVersion = payment.version;
      try {
        watch.onChange(payment);
      } catch (error) {
        // The payment is written: a page that cannot be told of it must not fail the request that wrote it.
        this.logger.error('a watcher of a payment failed', { paymentId: payment.id, error });
      }
    }
  }
}
