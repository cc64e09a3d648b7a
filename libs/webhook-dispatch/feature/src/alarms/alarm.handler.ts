import {
  isUuid,
  webhookAlarmTypes,
  type AlarmQuietHours,
  type WebhookAlarmContactsView,
  type WebhookAlarmView,
  type WebhookCommand,
} from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import type { Tx } from '@paymatch/platform-postgres';
import { refuseUrl } from '@paymatch/webhook-dispatch-domain';
import { invalid, type CommandContext } from '../endpoints/command-context.js';
import { findQuietHours, findTargets, setQuietHours, setTargets } from './alarm-channel.store.js';
import { isZone, minuteOfDay, textOfMinute, type QuietHours } from './quiet-hours.js';
import { listAlarms } from './alarm.store.js';

type CommandOf<Type extends WebhookCommand['type']> = Extract<WebhookCommand, { type: Type }>;

const LIST_LIMIT_MAX = 100;
const EMAILS_MAX = 10;
/** No spaces, no line feeds, nothing that ends an address: it goes into a mail's head. */
const EMAIL_SHAPE = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?$/;

export async function alarmsOf(
  command: CommandOf<'ListAlarms'>,
  { database }: CommandContext,
): Promise<readonly WebhookAlarmView[]> {
  const { alarm, endpointId, before, limit } = command;
  if ([endpointId, before].some((id) => id !== null && !isUuid(id))) return [];
  if (alarm !== null && !webhookAlarmTypes.includes(alarm)) throw invalid('alarm');
  if (!Number.isInteger(limit) || limit < 1) throw invalid('limit');
  return await listAlarms(database, { ...command, limit: Math.min(limit, LIST_LIMIT_MAX) });
}

export async function alarmContacts(
  command: CommandOf<'GetAlarmContacts'>,
  context: CommandContext,
): Promise<WebhookAlarmContactsView> {
  return await context.database.transaction((tx) => contactsOf(tx, command, context));
}

/** The notification endpoint is held to the same rules as any other address that merchants name. */
export async function setAlarmContacts(
  command: CommandOf<'SetAlarmContacts'>,
  context: CommandContext,
): Promise<WebhookAlarmContactsView> {
  const { merchantId, livemode, emails, url, quietHours } = command;
  if (emails !== undefined && !areEmails(emails)) throw invalid('emails');
  const quiet = quietHours === undefined || quietHours === null ? quietHours : readQuietHours(quietHours);
  const reason = url === undefined || url === null ? null : refuseUrl(url, context.targets);
  if (reason !== null) throw new Refusal('URL_NOT_ALLOWED', { reason });
  return await context.database.transaction(async (tx) => {
    const channel = { merchantId, livemode };
    if (emails !== undefined)
      await setTargets(tx, { ...channel, channel: 'mail', targets: [...new Set(emails)] }, context.nowMs);
    if (url !== undefined)
      await setTargets(tx, { ...channel, channel: 'endpoint', targets: url === null ? [] : [url] }, context.nowMs);
    if (quiet !== undefined) await setQuietHours(tx, { channel, hours: quiet, nowMs: context.nowMs });
    return await contactsOf(tx, command, context);
  });
}

async function contactsOf(
  tx: Tx,
  owner: { readonly merchantId: string; readonly livemode: boolean },
  { isMailSet }: CommandContext,
): Promise<WebhookAlarmContactsView> {
  const { mail, endpoint } = await findTargets(tx, owner);
  const quiet = await findQuietHours(tx, owner);
  const quietHours =
    quiet === null
      ? null
      : { from: textOfMinute(quiet.fromMinute), to: textOfMinute(quiet.toMinute), zone: quiet.zone };
  return { emails: mail, url: endpoint[0] ?? null, isMailSet, quietHours };
}

function readQuietHours(hours: AlarmQuietHours): QuietHours {
  const { from, to, zone } = hours;
  const [fromMinute, toMinute] = [minuteOfDay(from), minuteOfDay(to)];
  if (fromMinute === null || toMinute === null || fromMinute === toMinute || !isZone(zone)) throw invalid('quietHours');
  return { fromMinute, toMinute, zone };
}

function areEmails(emails: readonly unknown[]): boolean {
  return (
    Array.isArray(emails) &&
    emails.length <= EMAILS_MAX &&
    emails.every((email) => typeof email === 'string' && email.length <= 254 && EMAIL_SHAPE.test(email))
  );
}
