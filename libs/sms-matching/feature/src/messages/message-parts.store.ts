import { createHash } from 'node:crypto';
import type { MessageReceived } from '@paymatch/contracts';
import type { SqlRunner, Tx } from '@paymatch/platform-postgres';
import { joinParts } from '@paymatch/sms-matching-domain';
import { momentOf } from './read-message.js';

/** Reference numbers of parts come round again; parts of one message come within minutes. */
const APART_MAX_MS = 10 * 60_000;

/** What the parts of one message have in common; `null` = the message came whole. */
export function partGroupOf({ merchantId, livemode, deviceId, sender, simSlot, part }: MessageReceived): string | null {
  if (part === undefined || part === null || part.total === 1) return null;
  return createHash('sha256')
    .update(JSON.stringify([merchantId, livemode, deviceId, sender, simSlot, part.key, part.total]))
    .digest('hex');
}

/** Locks groups, in one order for everybody: of two parts that come at once the second sees the first. */
export async function lockGroups(tx: Tx, groups: readonly string[]): Promise<void> {
  await tx.query(
    `INSERT INTO sms_matching.message_groups (part_group) SELECT DISTINCT part_group
      FROM unnest($1::text[]) AS part_group ORDER BY part_group
     ON CONFLICT (part_group) DO UPDATE SET waits_until = message_groups.waits_until`,
    [groups],
  );
}

/** Until when the missing parts of these groups are waited for; `null` = they are complete, or a person has them. */
export async function setWaiting(tx: Tx, groups: readonly string[], waitsUntil: string | null): Promise<void> {
  if (groups.length > 0)
    await tx.query('UPDATE sms_matching.message_groups SET waits_until = $2 WHERE part_group = ANY($1::text[])', [
      groups,
      waitsUntil,
    ]);
}

/** Groups whose missing parts have not come in time. */
export async function overdueGroups(
  runner: SqlRunner,
  limits: { readonly now: string; readonly max: number },
): Promise<readonly string[]> {
  const { rows } = await runner.query<{ part_group: string }>(
    'SELECT part_group FROM sms_matching.message_groups WHERE waits_until <= $1 ORDER BY waits_until LIMIT $2',
    [limits.now, limits.max],
  );
  return rows.map((row) => row.part_group);
}

/** Those of them that are overdue still, locked; another instance passes over them. */
export async function lockOverdueGroups(tx: Tx, groups: readonly string[], now: string): Promise<readonly string[]> {
  const { rows } = await tx.query<{ part_group: string }>(
    `SELECT part_group FROM sms_matching.message_groups WHERE part_group = ANY($1::text[]) AND waits_until <= $2
     ORDER BY part_group FOR UPDATE SKIP LOCKED`,
    [groups, now],
  );
  return rows.map((row) => row.part_group);
}

export interface JoinedMessage {
  readonly message: MessageReceived;
  readonly rawIds: readonly string[];
  readonly isComplete: boolean;
}

/** The message one of whose parts this is, of those of its group that came at about the same time. */
export function joinAround(part: MessageReceived, group: readonly MessageReceived[]): JoinedMessage {
  const near = group.filter(
    (other) => Math.abs(Date.parse(momentOf(other)) - Date.parse(momentOf(part))) <= APART_MAX_MS,
  );
  const { body, complete } = joinParts(
    near.map(({ part: place, body: text }) => ({ index: place!.index, total: place!.total, text })),
  );
  const [first] = [...near].sort((a, b) => a.part!.index - b.part!.index);
  return { message: { ...first!, body, part: null }, rawIds: near.map(({ rawId }) => rawId), isComplete: complete };
}
