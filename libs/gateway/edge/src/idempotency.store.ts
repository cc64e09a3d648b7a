import { hash } from 'node:crypto';
import { newId } from '@paymatch/contracts';
import type { Clock } from '@paymatch/platform-observability';
import { Refusal } from '@paymatch/platform-messaging';
import type { Database } from '@paymatch/platform-postgres';
import type { SecretKeeper } from '@paymatch/platform-secrets';

/**
 * A lease that has run out means its process is gone, or cut off: renewed four times over while the work goes on,
 * however long it takes.
 */
const LEASE_MS = 6_000;
const RENEWALS_PER_LEASE = 4;
/** Twice what the draft asks for. */
const KEPT_MS = 48 * 3_600_000;
/** How long a caller who got no answer may come back and be taken for the same one. */
const RESUMED_MS = 10 * 60_000;
/**
 * Small, so that no step holds its rows for long; the steps of one minute outrun what thousands of requests a second
 * bring.
 */
const PURGE_STEP_ROWS = 1_000;
const PURGE_STEPS_MAX = 1_000;
const KEY_SHAPE = /^[\x21-\x7e]{1,255}$/;

/** An `Idempotency-Key` that cannot be obeyed (IETF draft-ietf-httpapi-idempotency-key-header-06, section 2.7). */
export class IdempotencyRefused extends Error {
  override readonly name = 'IdempotencyRefused';
  constructor(
    readonly problem: 'malformed_key' | 'other_body' | 'still_running',
    message: string,
  ) {
    super(message);
  }
}

export interface IdempotentRequest {
  readonly merchantId: string;
  readonly livemode: boolean;
  readonly key: string;
  /** Of method, path and body: another one under the same key is refused. */
  readonly fingerprint: Buffer;
}

/** An answer worth keeping; `body` is JSON text. */
export interface StoredAnswer {
  readonly status: number;
  readonly body: string;
}

export const IDEMPOTENCY = Symbol('Idempotency');

type KeyRow = {
  operation_id: string;
  fingerprint: Buffer;
  answer_status: number | null;
  answer_sealed: Buffer | null;
  is_ours: boolean;
  /** By the database's clock, as all leases are; also what tells our lease from a later one's. */
  locked_until: string;
};

interface HeldLease {
  /** Ends the renewals; until when the lease was held, which is its name. */
  stop(): Promise<string>;
}

export interface IdempotencyParts {
  readonly secrets: SecretKeeper;
  readonly clock: Clock;
  /** 6 s when absent. */
  readonly leaseMs?: number;
}

/**
 * Answers kept for `Idempotency-Key`, per merchant and mode. Each key also keeps one operation id: whoever takes over
 * after a crash sends its commands under the same ids, so the effect still happens once. Answers are sealed, since some
 * show a secret once.
 */
export class IdempotencyStore {
  private readonly secrets: SecretKeeper;
  private readonly clock: Clock;
  private readonly leaseMs: number;

  constructor(
    private readonly database: Database,
    { secrets, clock, leaseMs = LEASE_MS }: IdempotencyParts,
  ) {
    this.secrets = secrets;
    this.clock = clock;
    this.leaseMs = leaseMs;
  }

  /**
   * Runs `work` unless this key has an answer already. A `work` that throws leaves no answer: the caller may repeat it.
   */
  async run(
    request: IdempotentRequest,
    work: (operationId: string) => Promise<StoredAnswer>,
  ): Promise<{ readonly answer: StoredAnswer; readonly isReplayed: boolean }> {
    const row = await this.begin(request);
    if (!row.fingerprint.equals(request.fingerprint)) {
      throw new IdempotencyRefused(
        'other_body',
        'This Idempotency-Key was used with another request; take a new key for a new request.',
      );
    }
    if (row.answer_status !== null && row.answer_sealed !== null) {
      return {
        isReplayed: true,
        answer: { status: row.answer_status, body: this.secrets.open(row.answer_sealed, context(request)) },
      };
    }
    if (!row.is_ours)
      throw new IdempotencyRefused(
        'still_running',
        'A request with this Idempotency-Key is still running; repeat it in a moment.',
      );
    const lease = this.holdLease(request, row.locked_until);
    try {
      const answer = await work(row.operation_id);
      await this.keep(request, answer);
      return { answer, isReplayed: false };
    } catch (error) {
      await this.unlock(request, await lease.stop());
      throw error;
    } finally {
      void lease.stop();
    }
  }

  /**
   * For a caller without a key: `key` names what they ask for, and must not be one that a header can carry. Nothing is
   * kept once the outcome is known, so asking again is a new request; but who was left without an answer, and comes
   * back soon, repeats the same operation.
   */
  async runUntilKnown<T>(request: IdempotentRequest, work: (operationId: string) => Promise<T>): Promise<T> {
    const staleAt = new Date(this.clock.nowMs() - RESUMED_MS);
    await this.forget(request, staleAt);
    const row = await this.begin(request);
    if (!row.is_ours)
      throw new IdempotencyRefused('still_running', 'The same request is still running; repeat it in a moment.');
    const lease = this.holdLease(request, row.locked_until);
    try {
      const result = await work(row.operation_id);
      await this.forget(request, null);
      return result;
    } catch (error) {
      if (error instanceof Refusal) await this.forget(request, null);
      else await this.unlock(request, await lease.stop());
      throw error;
    } finally {
      void lease.stop();
    }
  }

  /** Forgets keys older than two days, in small steps until none is left or `isStopped` says so. */
  async purge(isStopped: () => boolean = () => false): Promise<void> {
    const before = new Date(this.clock.nowMs() - KEPT_MS);
    for (let step = 0; step < PURGE_STEPS_MAX && !isStopped(); step += 1) {
      const { rowCount } = await this.database.query(
        `DELETE FROM gateway.idempotency_keys WHERE ctid = ANY (ARRAY(
           SELECT ctid FROM gateway.idempotency_keys WHERE created_at < $1 ORDER BY created_at LIMIT ${PURGE_STEP_ROWS}
             FOR UPDATE SKIP LOCKED))`,
        [before],
      );
      if ((rowCount ?? 0) < PURGE_STEP_ROWS) return;
    }
  }

  /**
   * Renews the lease until stopped. A renewal that fails is tried again in its turn; when none comes through, somebody
   * else takes the key over and sends the same commands under the same ids, which is why a lease may be short.
   */
  private holdLease(request: IdempotentRequest, lockedUntil: string): HeldLease {
    let held = lockedUntil;
    let renewal: Promise<void> | null = null;
    const timer = setInterval(() => {
      renewal ??= this.renew(request, held)
        .then(
          (renewed) => {
            held = renewed ?? held;
          },
          () => undefined,
        )
        .finally(() => {
          renewal = null;
        });
    }, this.leaseMs / RENEWALS_PER_LEASE).unref();
    return {
      stop: async () => {
        clearInterval(timer);
        await renewal;
        return held;
      },
    };
  }

  private async renew({ merchantId, livemode, key }: IdempotentRequest, held: string): Promise<string | undefined> {
    const { rows } = await this.database.query<{ locked_until: string }>(
      `UPDATE gateway.idempotency_keys SET locked_until = now() + $5 * interval '1 millisecond'
        WHERE merchant_id = $1 AND livemode = $2 AND key = $3 AND locked_until = $4::timestamptz
          AND answer_status IS NULL
        RETURNING locked_until::text`,
      [merchantId, livemode, key, held, this.leaseMs],
    );
    return rows[0]?.locked_until;
  }

  /**
   * Takes the key, or the lock of one whose holder is gone; the update's own row lock decides between two that come
   * together.
   */
  private async begin(request: IdempotentRequest): Promise<KeyRow> {
    const {
      rows: [mine],
    } = await this.database.query<KeyRow>(
      `INSERT INTO gateway.idempotency_keys AS k (merchant_id, livemode, key, fingerprint, operation_id, locked_until,
        created_at)
       VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 millisecond', $7)
       ON CONFLICT (merchant_id, livemode, key) DO UPDATE SET locked_until = excluded.locked_until
          WHERE k.answer_status IS NULL AND k.locked_until <= now() AND k.fingerprint = excluded.fingerprint
       RETURNING operation_id, fingerprint, answer_status, answer_sealed, locked_until::text, true AS is_ours`,
      [
        request.merchantId,
        request.livemode,
        request.key,
        request.fingerprint,
        newId(),
        this.leaseMs,
        new Date(this.clock.nowMs()),
      ],
    );
    if (mine !== undefined) return mine;
    const {
      rows: [other],
    } = await this.database.query<KeyRow>(
      `SELECT operation_id, fingerprint, answer_status, answer_sealed, locked_until::text, false AS is_ours
         FROM gateway.idempotency_keys WHERE merchant_id = $1 AND livemode = $2 AND key = $3`,
      [request.merchantId, request.livemode, request.key],
    );
    if (other === undefined)
      throw new IdempotencyRefused('still_running', 'This Idempotency-Key is being cleared away; repeat the request.');
    return other;
  }

  private async keep(request: IdempotentRequest, answer: StoredAnswer): Promise<void> {
    await this.database.query(
      'UPDATE gateway.idempotency_keys SET answer_status = $4, answer_sealed = $5 WHERE merchant_id = $1 AND livemode = $2 AND key = $3 AND answer_status IS NULL',
      [
        request.merchantId,
        request.livemode,
        request.key,
        answer.status,
        this.secrets.seal(answer.body, context(request)),
      ],
    );
  }

  private async forget(request: IdempotentRequest, createdBefore: Date | null): Promise<void> {
    await this.database.query(
      `DELETE FROM gateway.idempotency_keys
        WHERE merchant_id = $1 AND livemode = $2 AND key = $3 AND ($4::timestamptz IS NULL OR (created_at < $4
          AND locked_until <= now()))`,
      [request.merchantId, request.livemode, request.key, createdBefore],
    );
  }

  /** Only our own lease: a later holder's stays. */
  private async unlock({ merchantId, livemode, key }: IdempotentRequest, held: string): Promise<void> {
    await this.database.query(
      `UPDATE gateway.idempotency_keys SET locked_until = now()
        WHERE merchant_id = $1 AND livemode = $2 AND key = $3 AND locked_until = $4::timestamptz
          AND answer_status IS NULL`,
      [merchantId, livemode, key, held],
    );
  }
}

/** The key of a header value, quoted or bare; `null` when the header is absent. Throws `IdempotencyRefused`. */
export function readIdempotencyKey(header: string | string[] | undefined): string | null {
  if (header === undefined) return null;
  const text = Array.isArray(header) ? header.join(',') : header.trim();
  const key = text.startsWith('"') && text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text;
  if (!KEY_SHAPE.test(key))
    throw new IdempotencyRefused(
      'malformed_key',
      'Send an Idempotency-Key of 1 to 255 visible ASCII characters, quoted or bare.',
    );
  return key;
}

/** What makes two requests under one key the same request. */
export function requestFingerprint(method: string, path: string, body: Buffer | undefined): Buffer {
  return hash('sha256', Buffer.concat([Buffer.from(`${method} ${path}\n`), body ?? Buffer.alloc(0)]), 'buffer');
}

function context(request: IdempotentRequest): string {
  return `idempotency/${request.merchantId}/${String(request.livemode)}/${request.key}`;
}
