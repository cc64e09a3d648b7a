import type { FastifyRequest } from 'fastify';
import { newId } from '@paymatch/contracts';
import type { Caller } from '@paymatch/gateway-access';
import { clientAddress, fieldsOf, routePattern } from '@paymatch/gateway-edge';
import type { Clock, Logger } from '@paymatch/platform-observability';
import type { Database, SqlRunner, Tx } from '@paymatch/platform-postgres';
import { bounded, recordable } from './audit-record.js';
import type { OpenSession } from './people.ports.js';

const PREFIX = '/api/panel/v1/';

/** Who did something, and from where. */
export interface AuditActor {
  readonly userId: string | null;
  readonly keyId: string | null;
  /** The person's address, or the key's name. */
  readonly who: string;
  readonly address: string;
  readonly requestId: string;
}

export interface AuditChange {
  readonly merchantId: string | null;
  readonly livemode?: boolean;
  readonly action: string;
  /** The id of what was changed. */
  readonly subject?: string | null;
  readonly before?: unknown;
  readonly after?: unknown;
  readonly reason?: string | null;
}

export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly merchantId: string | null;
  readonly livemode: boolean | null;
  readonly userId: string | null;
  readonly keyId: string | null;
  readonly who: string;
  readonly address: string;
  readonly action: string;
  readonly subject: string | null;
  readonly before: unknown;
  readonly after: unknown;
  readonly reason: string | null;
  readonly requestId: string;
  /** How it was answered; `null` where the process ended before it was. */
  readonly status: number | null;
}

export interface AuditFilter {
  /** `null`: of the whole installation. */
  readonly merchantId: string | null;
  readonly action: string | null;
  readonly userId: string | null;
  /** Older than this one. */
  readonly after: string | null;
  readonly limit: number;
}

/** Who changed what. Nothing in it is ever changed. */
export class AuditLog {
  private readonly begun = new WeakMap<FastifyRequest, string>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** A change that commits with this transaction. */
  async write(actor: AuditActor, change: AuditChange, tx: Tx): Promise<void> {
    await this.insert({ actor, change, status: 200 }, tx);
  }

  /**
   * Before something is done that commits elsewhere, or in parts: nothing is done that does not stand here. How it
   * ended is added by `finish`. `before`: what stood there.
   */
  begin(request: FastifyRequest, caller: Caller, before: unknown): Promise<void> {
    const { merchantId, livemode } = caller;
    return this.beginFor(request, actorOfCaller(request, caller), { merchantId, livemode, before });
  }

  /** The same of what operators do that is no merchant's. */
  beginOfInstallation(request: FastifyRequest, session: Pick<OpenSession, 'person'>, before: unknown): Promise<void> {
    return this.beginFor(request, actorOfSession(request, session), { merchantId: null, before });
  }

  private async beginFor(
    request: FastifyRequest,
    actor: AuditActor,
    { before, ...place }: Pick<AuditChange, 'merchantId' | 'livemode' | 'before'>,
  ): Promise<void> {
    const params = fieldsOf(request.params);
    const { reason, note } = fieldsOf(request.body);
    const why = [reason, note].find((text): text is string => typeof text === 'string') ?? null;
    const id = await this.insert(
      {
        actor,
        change: {
          ...place,
          action: `${request.method} ${routePattern(request)?.slice(PREFIX.length) ?? ''}`,
          subject: typeof params['id'] === 'string' ? params['id'] : null,
          before: bounded(before ?? undefined),
          after: recordable(request),
          reason: why?.slice(0, 500) ?? null,
        },
        status: null,
      },
      this.database,
    );
    this.begun.set(request, id);
  }

  /** How what was begun was answered. */
  async finish(request: FastifyRequest, status: number, logger: Logger): Promise<void> {
    const id = this.begun.get(request);
    if (id === undefined) return;
    this.begun.delete(request);
    try {
      await this.database.query('INSERT INTO gateway.audit_outcomes (entry_id, status) VALUES ($1, $2)', [id, status]);
    } catch (error) {
      // What was asked for is done or not done by now, and its answer must go out: the entry stays without an outcome.
      logger.error('how a change ended could not be added to the audit log', { entryId: id, status, error });
    }
  }

  /** Newest first. */
  async list(filter: AuditFilter): Promise<readonly AuditEntry[]> {
    const { rows } = await this.database.query<AuditRow>(
      `SELECT l.*, coalesce(l.status, o.status) AS outcome
         FROM gateway.audit_log l LEFT JOIN gateway.audit_outcomes o ON o.entry_id = l.id
        WHERE ($1::uuid IS NULL OR l.merchant_id = $1) AND ($2::text IS NULL OR l.action = $2)
          AND ($3::uuid IS NULL OR l.user_id = $3) AND ($4::uuid IS NULL OR l.id < $4)
        ORDER BY l.id DESC LIMIT $5`,
      [filter.merchantId, filter.action, filter.userId, filter.after, filter.limit],
    );
    return rows.map(toEntry);
  }

  private async insert(
    entry: { readonly actor: AuditActor; readonly change: AuditChange; readonly status: number | null },
    runner: SqlRunner,
  ): Promise<string> {
    const { actor, change, status } = entry;
    const id = newId();
    const asJson = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value));
    await runner.query(
      `INSERT INTO gateway.audit_log (id, at, merchant_id, livemode, user_id, key_id, who, address, action, subject,
         before, after, reason, request_id, status)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
      [
        id,
        new Date(this.clock.nowMs()),
        change.merchantId,
        change.livemode ?? null,
        actor.userId,
        actor.keyId,
        actor.who,
        actor.address,
        change.action,
        change.subject ?? null,
        asJson(change.before),
        asJson(change.after),
        change.reason ?? null,
        actor.requestId,
        status,
      ],
    );
    return id;
  }
}

export function actorOfSession(request: FastifyRequest, { person }: Pick<OpenSession, 'person'>): AuditActor {
  return {
    userId: person.id,
    keyId: null,
    who: person.email,
    address: clientAddress(request),
    requestId: request.id,
  };
}

export function actorOfCaller(request: FastifyRequest, caller: Caller): AuditActor {
  return {
    userId: caller.person?.userId ?? null,
    keyId: caller.person === undefined ? caller.keyId : null,
    who: caller.person?.email ?? caller.keyName ?? `api-key ${caller.keyId}`,
    address: clientAddress(request),
    requestId: request.id,
  };
}

type AuditRow = {
  id: string;
  at: Date;
  merchant_id: string | null;
  livemode: boolean | null;
  user_id: string | null;
  key_id: string | null;
  who: string;
  address: string;
  action: string;
  subject: string | null;
  before: unknown;
  after: unknown;
  reason: string | null;
  request_id: string;
  outcome: number | null;
};

function toEntry(row: AuditRow): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    merchantId: row.merchant_id,
    livemode: row.livemode,
    userId: row.user_id,
    keyId: row.key_id,
    who: row.who,
    address: row.address,
    action: row.action,
    subject: row.subject,
    before: row.before,
    after: row.after,
    reason: row.reason,
    requestId: row.request_id,
    status: row.outcome,
  };
}
