import { isUuid, webhookEventNames, type WebhookCommand, type WebhookTestEventView } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { invalid, type CommandContext } from '../endpoints/command-context.js';
import { findEndpoint } from '../endpoints/endpoint.store.js';
import { renderTestEvent } from './test-event.js';
import { countWaiting, findTestEvent, insertTestEvent } from './test-event.store.js';

type CommandOf<Type extends WebhookCommand['type']> = Extract<WebhookCommand, { type: Type }>;

/** Of one owner at a time. */
const WAITING_MAX = 10;

/**
 * Also to a disabled endpoint, which one wants to try before it is enabled; it is sent beside the queue of deliveries,
 * once.
 */
export async function sendTestEvent(
  command: CommandOf<'SendTestEvent'>,
  { database, messageId: id, nowMs, publicUrl }: CommandContext,
): Promise<WebhookTestEventView> {
  const { merchantId, livemode, endpointId, event } = command;
  if (!webhookEventNames.includes(event)) throw invalid('type');
  if (!isUuid(id)) throw invalid('id');
  return await database.transaction(async (tx) => {
    const endpoint = isUuid(endpointId) ? await findEndpoint(tx, command) : null;
    if (endpoint === null) throw new Refusal('ENDPOINT_NOT_FOUND');
    if (endpoint.url === null) throw new Refusal('ENDPOINT_HAS_NO_URL');
    const known = await findTestEvent(tx, { merchantId, livemode, testEventId: id });
    if (known !== null) return known;
    if ((await countWaiting(tx, command)) >= WAITING_MAX)
      throw new Refusal('TOO_MANY_TEST_EVENTS', { max: WAITING_MAX });
    const body = renderTestEvent({ id, event, merchantId, publicUrl, nowMs });
    await insertTestEvent(tx, { id, merchantId, livemode, endpointId, event, body, nowMs });
    return (await findTestEvent(tx, { merchantId, livemode, testEventId: id }))!;
  });
}

export async function getTestEvent(
  command: CommandOf<'GetTestEvent'>,
  { database }: CommandContext,
): Promise<WebhookTestEventView> {
  const found = isUuid(command.testEventId) ? await findTestEvent(database, command) : null;
  if (found === null) throw new Refusal('TEST_EVENT_NOT_FOUND');
  return found;
}
