import { isUuid, type WebhookCommand, type WebhookDeliveryDetail, type WebhookDeliveryView } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { invalid, type CommandContext } from '../endpoints/command-context.js';
import { isOpen, lockEndpoints } from '../endpoints/endpoint.store.js';
import { keepsBody } from '../events/event.store.js';
import { exchangesOf, findDelivery, listDeliveries } from './delivery-list.store.js';
import { retryDelivery } from './delivery.store.js';

type CommandOf<Type extends WebhookCommand['type']> = Extract<WebhookCommand, { type: Type }>;

const LIST_LIMIT_MAX = 100;

export async function listOf(
  command: CommandOf<'ListDeliveries'>,
  { database }: CommandContext,
): Promise<readonly WebhookDeliveryView[]> {
  const { paymentId, endpointId, before, limit } = command;
  if ([paymentId, endpointId, before].some((id) => id !== null && !isUuid(id))) return [];
  if (!Number.isInteger(limit) || limit < 1) throw invalid('limit');
  return await listDeliveries(database, { ...command, limit: Math.min(limit, LIST_LIMIT_MAX) });
}

export async function detailOf(
  command: CommandOf<'GetDelivery'>,
  { database }: CommandContext,
): Promise<WebhookDeliveryDetail> {
  const delivery = isUuid(command.deliveryId) ? await findDelivery(database, command) : null;
  if (delivery === null) throw new Refusal('DELIVERY_NOT_FOUND');
  return { delivery, ...(await exchangesOf(database, delivery)) };
}

/**
 * Also one that was delivered: the receiver may have lost it. A closed endpoint must be opened first, which sends what
 * is held.
 */
export async function retry(
  command: CommandOf<'RetryDelivery'>,
  { database, nowMs }: CommandContext,
): Promise<WebhookDeliveryView> {
  if (!isUuid(command.deliveryId)) throw new Refusal('DELIVERY_NOT_FOUND');
  const key = { merchantId: command.merchantId, livemode: command.livemode, deliveryId: command.deliveryId };
  const known = await findDelivery(database, key);
  if (known === null) throw new Refusal('DELIVERY_NOT_FOUND');
  return await database.transaction(async (tx) => {
    const endpoint =
      known.endpointId === null ? null : (await lockEndpoints(tx, [known.endpointId], 'SHARE')).get(known.endpointId);
    if (endpoint !== null && !isOpen(endpoint))
      throw new Refusal('ENDPOINT_NOT_OPEN', { status: endpoint?.status ?? 'removed', url: endpoint?.url ?? null });
    const delivery = (await findDelivery(tx, key))!;
    if (delivery.status === 'superseded' || delivery.status === 'cancelled')
      throw new Refusal('DELIVERY_CLOSED', { status: delivery.status });
    if (!(await keepsBody(tx, delivery.eventId))) throw new Refusal('DELIVERY_PRUNED');
    await retryDelivery(tx, { id: delivery.id, paymentId: delivery.paymentId, nowMs });
    return (await findDelivery(tx, key))!;
  });
}
