import type { FastifyReply, FastifyRequest } from 'fastify';
import { isUuid } from '@paymatch/contracts';
import {
  abilities,
  type Ability,
  type Caller,
  type CallerGate,
  type Merchants,
  type SharedRateLimiter,
} from '@paymatch/gateway-access';
import { AdmissionRefused, Problem, routeMarks } from '@paymatch/gateway-edge';
import type { Clock } from '@paymatch/platform-observability';
import type { OpenSession } from './people.ports.js';
import { mayDo, needsStepUp, type Permission, type Role } from './role-table.js';
import type { AuditLog } from './audit-log.js';
import type { OperatorVisitsStore } from './operator-visits.store.js';
import { sessionTokenOf } from './session-cookie.js';
import type { SessionsStore } from './sessions.store.js';
import type { UsersStore } from './users.store.js';

/** A console asks more often than a program does. */
const REQUESTS_PER_MINUTE = 1_200;
const SAFE_METHODS = new Set(['GET', 'HEAD']);

interface DoorParts {
  readonly gate: CallerGate;
  readonly sessions: SessionsStore;
  readonly users: UsersStore;
  readonly visits: OperatorVisitsStore;
  readonly audit: AuditLog;
  readonly merchants: Pick<Merchants, 'findLately'>;
  readonly limiter: SharedRateLimiter;
  readonly clock: Clock;
  /** Where browsers reach this gateway. */
  readonly publicUrl: string;
}

/** Whether a key may come through as well, or people only. */
export interface DoorAccess {
  readonly permission: Permission;
  readonly isForPeopleOnly?: boolean;
  /** What a key needs; `account:write` unless said. */
  readonly keyNeeds?: Ability;
  /** What stands there before the change, for the audit log; read only for whoever may make it. */
  readonly before?: (caller: Caller) => Promise<unknown>;
}

/**
 * The door of the panel API. A machine shows its key; a person brings a session, and says for which merchant and mode.
 * Where both come, the key counts.
 */
export class PanelDoor {
  private readonly ownOrigin: string;

  constructor(private readonly parts: DoorParts) {
    this.ownOrigin = new URL(parts.publicUrl).origin;
  }

  /**
   * Who calls, if they may do this at the merchant they name; that they asked for a change is written down before it is
   * made, but for changes that are written down with what they change. Throws `AdmissionRefused` or `Problem`.
   */
  async admit(request: FastifyRequest, reply: FastifyReply, access: DoorAccess | null): Promise<Caller> {
    if (access?.isForPeopleOnly === true && isByKey(request)) return this.refuseKey(request, reply);
    const caller = isByKey(request)
      ? await this.parts.gate.admit(request, reply, access?.keyNeeds ?? 'account:write')
      : await this.personAtMerchant(request, access);
    if (!SAFE_METHODS.has(request.method) && access?.isForPeopleOnly !== true)
      await this.parts.audit.begin(request, caller, await access?.before?.(caller));
    return caller;
  }

  private async personAtMerchant(request: FastifyRequest, access: DoorAccess | null): Promise<Caller> {
    const session = await this.person(request);
    const { merchantId, livemode } = wantedMerchant(request);
    const role = await this.roleAt(merchantId, session);
    const merchant = role === null ? null : await this.parts.merchants.findLately({ merchantId, livemode });
    // Somebody else's merchant is answered like one that does not exist.
    if (role === null || merchant === null)
      throw new Problem(404, 'not-found', { detail: 'There is no merchant with this id among yours.' });
    if (merchant.status === 'suspended' && !SAFE_METHODS.has(request.method))
      throw new AdmissionRefused('suspended', 'This merchant account is suspended; ask the operator of this gateway.');
    this.allow(session, access, role);
    const { id: userId, email, name } = session.person;
    return {
      merchantId,
      livemode,
      keyId: userId,
      keyName: null,
      person: { userId, email, name, role, sessionId: session.id },
      abilities: new Set(abilities),
      rateLimitPerMinute: REQUESTS_PER_MINUTE,
      merchant,
    };
  }

  /**
   * Whether the person of an answer that stays open is still signed in, and still who they were at the merchant. Nobody
   * is there for being asked: this keeps no session alive.
   */
  async stillHolds({ merchantId, person }: Caller): Promise<boolean> {
    if (person === undefined || !(await this.parts.sessions.isOpen(person.sessionId))) return false;
    const { users, visits } = this.parts;
    const role = await users.roleAt(merchantId, person.userId);
    if (role !== null) return role === person.role;
    return person.role === 'operator' && (await visits.isInside(person.sessionId, merchantId));
  }

  /** Whoever runs the installation. */
  async admitOperator(request: FastifyRequest, reply: FastifyReply, access: DoorAccess): Promise<OpenSession> {
    if (isByKey(request)) return this.refuseKey(request, reply);
    const session = await this.person(request);
    if (!session.person.isOperator) throw forbidden();
    this.allow(session, access, 'operator');
    return session;
  }

  /** Somebody who is signed in, whatever they may do. What changes something must come from our own pages. */
  async person(request: FastifyRequest): Promise<OpenSession> {
    const token = sessionTokenOf(request);
    const session = token === null ? null : await this.parts.sessions.find(token);
    if (token === null || session === null)
      throw new AdmissionRefused(
        'unauthenticated',
        'Sign in, or send an API key as "Authorization: Bearer fk_live_…".',
      );
    if (!SAFE_METHODS.has(request.method)) this.checkForgery(request, token);
    await this.checkRate(session);
    return session;
  }

  /** Refuses what another site's page sends: browsers name the page's origin with everything that changes something. */
  checkOrigin(request: FastifyRequest): void {
    const { origin, host } = request.headers;
    const isOwn = origin !== undefined && (origin === this.ownOrigin || isOriginOf(origin, host));
    if (!isOwn)
      throw new Problem(403, 'origin-not-own', {
        detail: 'This is for the pages of this gateway only, by their Origin.',
      });
  }

  /** Whether somebody who is signed in has just proved who they are. */
  requireStepUp(session: OpenSession): void {
    if (session.stepUpUntil === null)
      throw new Problem(403, 'step-up-required', {
        detail: 'Prove once more who you are (POST /session/step-up), then repeat this.',
      });
  }

  /** Operators are nobody at a merchant until they have said that they enter it. */
  private async roleAt(merchantId: string, session: OpenSession): Promise<Role | null> {
    const { users, visits } = this.parts;
    const role = await users.roleAt(merchantId, session.person.id);
    if (role !== null || !session.person.isOperator) return role;
    return (await visits.isInside(session.id, merchantId)) ? 'operator' : null;
  }

  /** A good key is told that this is for people; anything else is answered as everywhere. */
  private async refuseKey(request: FastifyRequest, reply: FastifyReply): Promise<never> {
    await this.parts.gate.admit(request, reply, 'account:write');
    throw new Problem(403, 'people-only', { detail: 'This is for people who are signed in, not for API keys.' });
  }

  private allow(session: OpenSession, access: DoorAccess | null, role: Role): void {
    if (access === null || !mayDo(role, access.permission)) throw forbidden();
    if (needsStepUp(access.permission)) this.requireStepUp(session);
  }

  private checkForgery(request: FastifyRequest, token: string): void {
    this.checkOrigin(request);
    const given = request.headers['x-csrf-token'];
    if (typeof given !== 'string' || given.length > 100 || !this.parts.sessions.isCsrfToken(token, given))
      throw new Problem(403, 'csrf-token-wrong', {
        detail: 'Send the csrf_token of GET /session as X-CSRF-Token.',
      });
  }

  private async checkRate(session: OpenSession): Promise<void> {
    const { limiter, clock } = this.parts;
    const rate = await limiter.take(session.person.id, REQUESTS_PER_MINUTE, clock.nowMs());
    if (!rate.isAllowed)
      throw new AdmissionRefused(
        'rate_limited',
        `At most ${rate.limit} requests a minute; try again in ${rate.resetSeconds} s.`,
        rate.resetSeconds,
      );
  }
}

function isByKey(request: FastifyRequest): boolean {
  return request.headers.authorization !== undefined;
}

function isOriginOf(origin: string, host: string | undefined): boolean {
  return host !== undefined && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}

/** Which merchant and mode the person means; a key has both in itself. */
function wantedMerchant(request: FastifyRequest): { readonly merchantId: string; readonly livemode: boolean } {
  const { merchant, mode: named } = request.query as { readonly merchant?: unknown; readonly mode?: unknown };
  // Browsers send no headers of ours with what they read as a stream.
  const isStream = routeMarks(request).isStream === true;
  const merchantId = request.headers['paymatch-merchant'] ?? (isStream ? merchant : undefined);
  const mode = request.headers['paymatch-mode'] ?? (isStream ? named : undefined);
  if (typeof merchantId !== 'string' || (mode !== 'live' && mode !== 'test'))
    throw new Problem(400, 'merchant-not-named', {
      detail: 'Name the merchant as Paymatch-Merchant and the mode, live or test, as Paymatch-Mode.',
    });
  if (!isUuid(merchantId))
    throw new Problem(404, 'not-found', { detail: 'There is no merchant with this id among yours.' });
  return { merchantId: merchantId.toLowerCase(), livemode: mode === 'live' };
}

function forbidden(): Problem {
  return new Problem(403, 'role-not-enough', {
    detail: 'Your role does not allow this; ask an owner of the merchant.',
  });
}
