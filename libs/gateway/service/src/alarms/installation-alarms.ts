import { inEnvelope, installationOwner, newId, topics, type BookPage, type UnknownText } from '@paymatch/contracts';
import {
  backupAdvice,
  isSpeaking,
  lagsOf,
  parkedOf,
  type MadeBackup,
  type ProcessesStore,
} from '@paymatch/gateway-panel';
import type { MessageBus } from '@paymatch/platform-messaging';
import type { Clock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { raiseAlarms, type RaisedAlarm } from './raise-alarms.js';

const DAY_MS = 86_400_000;
const RAISED_MAX = 100;
const REPLY_TIMEOUT_MS = 5_000;
/** A relay is behind by the age of its oldest, a consumer, of which none is known, by how many wait. */
const LAG_SECONDS = 60;
const LAG_MESSAGES = 1_000;
/** So many texts of no known form in a day are no stray ones. */
const UNKNOWN_TEXTS_A_DAY = 25;

export interface InstallationAlarmsOptions {
  readonly database: Database;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly processes: Pick<ProcessesStore, 'list'>;
  /** Absent where another PostgreSQL is used: its backups are its own operator's. */
  readonly embeddedBackups?: () => readonly MadeBackup[];
}

/**
 * Hands what those who run the installation must hear to the service that tells people. What may pass by itself is
 * told when it stood at two looks, one after the other; what lasts is told of again the next day, not before.
 */
export class InstallationAlarms {
  private seenBefore: ReadonlySet<string> = new Set();
  private handedOver: ReadonlySet<string> = new Set();

  constructor(private readonly options: InstallationAlarmsOptions) {}

  async look(): Promise<void> {
    const { processes, clock } = this.options;
    const nowMs = clock.nowMs();
    const standings = await processes.list();
    const speaking = standings.filter((one) => isSpeaking(one, nowMs));
    const passing = [
      ...standings.flatMap((one) => processAlarms(one, nowMs)),
      ...lagsOf(speaking).flatMap((lag) => lagAlarms(lag, nowMs)),
    ];
    const lasting = passing.filter((one) => this.seenBefore.has(nameOf(one)));
    this.seenBefore = new Set(passing.map(nameOf));
    const parked = parkedOf(speaking).flatMap((one) => parkedAlarms(one, nowMs));
    await this.raise([...(await this.merchantAlarms()), ...lasting, ...parked, ...this.backupAlarms()]);
  }

  /** A provider that has changed its texts is seen here first. */
  async lookAtTexts(): Promise<void> {
    const { bus, clock } = this.options;
    const id = newId();
    const nowMs = clock.nowMs();
    const question = { type: 'ListUnknownTexts', after: null, limit: RAISED_MAX } as const;
    const time = new Date(nowMs).toISOString();
    const { items } = await bus.request<BookPage<UnknownText>>(
      topics.creditsCommands.name,
      inEnvelope(question, { id, source: 'api-gateway', key: 'installation', time, correlationId: id }),
      { timeoutMs: REPLY_TIMEOUT_MS },
    );
    const count = items.filter(({ arrivedAt }) => nowMs - Date.parse(arrivedAt) < DAY_MS).length;
    if (count < UNKNOWN_TEXTS_A_DAY) return;
    const alarm: RaisedAlarm = { alarm: 'texts.unknown', occasion: dayOf(nowMs), details: { count } };
    await raiseAlarms(this.options, installationOwner, [alarm]);
  }

  /** What this process has handed over while it stands is not handed over again. */
  private async raise(standing: readonly RaisedAlarm[]): Promise<void> {
    const fresh = standing.filter((one) => !this.handedOver.has(nameOf(one)));
    for (let from = 0; from < fresh.length; from += RAISED_MAX)
      await raiseAlarms(this.options, installationOwner, fresh.slice(from, from + RAISED_MAX));
    this.handedOver = new Set(standing.map(nameOf));
  }

  /** Ids of the log begin with their time: the last day is a piece of its primary key. */
  private async merchantAlarms(): Promise<readonly RaisedAlarm[]> {
    const { database, clock } = this.options;
    const since = (clock.nowMs() - DAY_MS).toString(16).padStart(12, '0');
    const { rows } = await database.query<MerchantChange>(
      `SELECT id, action, merchant_id, coalesce(before ->> 'name', '') AS name, reason FROM gateway.audit_log
        WHERE id >= $1 AND action IN ('merchant suspended', 'merchant resumed') ORDER BY id DESC LIMIT ${RAISED_MAX}`,
      [`${since.slice(0, 8)}-${since.slice(8)}-0000-0000-000000000000`],
    );
    return rows.reverse().map(({ id, action, merchant_id: subjectId, name, reason }) => ({
      alarm: action === 'merchant suspended' ? 'merchant.suspended' : 'merchant.resumed',
      occasion: id,
      details: { subject: name === '' ? subjectId : name, subjectId, ...(reason !== null && { reason }) },
    }));
  }

  private backupAlarms(): readonly RaisedAlarm[] {
    const { embeddedBackups, clock } = this.options;
    if (embeddedBackups === undefined) return [];
    const made = embeddedBackups();
    const nowMs = clock.nowMs();
    if (backupAdvice(made, nowMs) === 'ok') return [];
    const since = made[0]?.at ?? null;
    return [{ alarm: 'backup.missing', occasion: dayOf(nowMs), details: { since } }];
  }
}

type MerchantChange = {
  readonly id: string;
  readonly action: string;
  readonly merchant_id: string;
  readonly name: string;
  readonly reason: string | null;
};

type Standing = Awaited<ReturnType<ProcessesStore['list']>>[number];

function processAlarms(one: Standing, nowMs: number): readonly RaisedAlarm[] {
  const { instance, services, at, ready, problems } = one;
  const subject = `${services.join(', ')} (${instance})`.slice(0, 200);
  if (!isSpeaking(one, nowMs))
    return [{ alarm: 'service.silent', occasion: `${instance} ${at}`.slice(-200), details: { subject, since: at } }];
  if (ready) return [];
  const reason = problems.join('; ').slice(0, 200);
  const occasion = `${instance} ${dayOf(nowMs)}`.slice(-200);
  return [{ alarm: 'service.not-ready', occasion, details: { subject, reason } }];
}

function lagAlarms({ name, rows, seconds }: ReturnType<typeof lagsOf>[number], nowMs: number): readonly RaisedAlarm[] {
  if (seconds === null ? rows < LAG_MESSAGES : seconds < LAG_SECONDS) return [];
  const occasion = `${name} ${dayOf(nowMs)}`.slice(-200);
  return [{ alarm: 'service.lagging', occasion, details: { subject: name, count: rows } }];
}

/** Told of anew when they have become ten times as many. */
function parkedAlarms({ group, count }: ReturnType<typeof parkedOf>[number], nowMs: number): readonly RaisedAlarm[] {
  if (count === 0) return [];
  const occasion = `${group} ${String(count).length} ${dayOf(nowMs)}`.slice(-200);
  return [{ alarm: 'messages.parked', occasion, details: { subject: group, count } }];
}

function nameOf({ alarm, occasion }: RaisedAlarm): string {
  return `${alarm} ${occasion}`;
}

function dayOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}
