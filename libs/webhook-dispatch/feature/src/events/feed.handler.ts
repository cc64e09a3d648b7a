import { isUuid, type WebhookCommand, type WebhookFeedEvent } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { invalid, type CommandContext } from '../endpoints/command-context.js';
import { findFeedEvent, readFeed } from './feed.store.js';

type CommandOf<Type extends WebhookCommand['type']> = Extract<WebhookCommand, { type: Type }>;

const LIMIT_MAX = 100;

export async function listEvents(
  command: CommandOf<'ListEvents'>,
  { database }: CommandContext,
): Promise<readonly WebhookFeedEvent[]> {
  const { after, limit } = command;
  if (!Number.isInteger(limit) || limit < 1) throw invalid('limit');
  const events =
    after !== null && !isUuid(after)
      ? null
      : await readFeed(database, { ...command, limit: Math.min(limit, LIMIT_MAX + 1) });
  if (events === null) throw new Refusal('EVENT_NOT_FOUND');
  return events;
}

export async function getEvent(
  command: CommandOf<'GetEvent'>,
  { database }: CommandContext,
): Promise<WebhookFeedEvent> {
  const event = isUuid(command.eventId) ? await findFeedEvent(database, command) : null;
  if (event === null) throw new Refusal('EVENT_NOT_FOUND');
  return event;
}
