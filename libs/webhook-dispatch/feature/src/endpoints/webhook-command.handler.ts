import {
  defaultWebhookEvents,
  isUuid,
  webhookEventNames,
  type WebhookCommand,
  type WebhookDeliveryView,
  type WebhookEndpointView,
} from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import type { Database } from '@paymatch/platform-postgres';
import { isAcceptableSecret, refuseUrl, type TargetPolicy } from '@paymatch/webhook-dispatch-domain';
import { holdDeliveries, listDeliveries, resumeDeliveries, retryDelivery } from '../deliveries/delivery.store.js';
import { forgetHealth } from '../deliveries/receiver-health.store.js';
import {
  endpointView,
  ensureEndpoints,
  findEndpoints,
  isOpen,
  lockEndpoints,
  removeEndpointUrl,
  rotateSecret,
  setEndpoint,
} from './endpoint.store.js';

type CommandOf<Type extends WebhookCommand['type']> = Extract<WebhookCommand, { type: Type }>;

export interface CommandContext {
  readonly database: Database;
  readonly targets: TargetPolicy;
  /** The message's id: a command that arrives twice has the same. */
  readonly messageId: string;
  readonly nowMs: number;
}

const LIST_LIMIT_MAX = 100;

export async function handleWebhookCommand(
  command: WebhookCommand,
  context: CommandContext,
): Promise<WebhookEndpointView | WebhookDeliveryView | readonly WebhookDeliveryView[]> {
  if (typeof command.merchantId !== 'string' || command.merchantId === '') throw invalid('merchantId');
  switch (command.type) {
    case 'SetEndpoint':
      return await setMerchantEndpoint(command, context);
    case 'RemoveEndpoint':
      return await removeEndpoint(command, context);
    case 'GetEndpoint':
      return await getEndpoint(command, context);
    case 'RotateSecret':
      return await rotate(command, context);
    case 'ListDeliveries':
      return await list(command, context);
    case 'RetryDelivery':
      return await retry(command, context);
    default:
      throw new Refusal('INVALID_COMMAND', { type: (command satisfies never as WebhookCommand).type });
  }
}

/** Opens the endpoint again if it was disabled or removed: what was held for it is sent. */
async function setMerchantEndpoint(
  command: CommandOf<'SetEndpoint'>,
  { database, targets, nowMs }: CommandContext,
): Promise<WebhookEndpointView> {
  const { merchantId, url, secret } = command;
  const reason = refuseUrl(url, targets);
  if (reason !== null) throw new Refusal('URL_NOT_ALLOWED', { reason });
  if (!command.events.every((event) => webhookEventNames.includes(event))) throw invalid('events');
  if (secret !== null && !isAcceptableSecret(secret)) throw invalid('secret');
  const events = command.events.length === 0 ? defaultWebhookEvents : [...new Set(command.events)];
  await ensureEndpoints(database, [merchantId], nowMs);
  return await database.transaction(async (tx) => {
    const endpoint = await setEndpoint(tx, { merchantId, url, events, secret, nowMs });
    await forgetHealth(tx, [`endpoint:${merchantId}`]);
    await resumeDeliveries(tx, merchantId, nowMs);
    return endpointView(endpoint);
  });
}

/** Unfinished deliveries stay, held, and go to the next URL the merchant sets. */
async function removeEndpoint(
  { merchantId }: CommandOf<'RemoveEndpoint'>,
  { database, nowMs }: CommandContext,
): Promise<WebhookEndpointView> {
  await ensureEndpoints(database, [merchantId], nowMs);
  return await database.transaction(async (tx) => {
    const endpoint = await removeEndpointUrl(tx, merchantId, nowMs);
    await holdDeliveries(tx, [merchantId]);
    return endpointView(endpoint);
  });
}

async function getEndpoint(
  { merchantId }: CommandOf<'GetEndpoint'>,
  { database, nowMs }: CommandContext,
): Promise<WebhookEndpointView> {
  await ensureEndpoints(database, [merchantId], nowMs);
  return endpointView((await findEndpoints(database, [merchantId])).get(merchantId)!);
}

async function rotate(
  { merchantId }: CommandOf<'RotateSecret'>,
  { database, messageId, nowMs }: CommandContext,
): Promise<WebhookEndpointView> {
  await ensureEndpoints(database, [merchantId], nowMs);
  return endpointView(
    await database.transaction((tx) => rotateSecret(tx, { merchantId, rotationId: messageId, nowMs })),
  );
}

async function list(
  { merchantId, paymentId, limit }: CommandOf<'ListDeliveries'>,
  { database }: CommandContext,
): Promise<readonly WebhookDeliveryView[]> {
  if (paymentId !== null && !isUuid(paymentId)) return [];
  if (!Number.isInteger(limit) || limit < 1) throw invalid('limit');
  const deliveries = await listDeliveries(database, {
    merchantId,
    paymentId,
    deliveryId: null,
    limit: Math.min(limit, LIST_LIMIT_MAX),
  });
  return deliveries.map(({ view }) => view);
}

/** Also one that was delivered: the receiver may have lost it. A closed endpoint must be set first, which sends what is held. */
async function retry(
  { merchantId, deliveryId }: CommandOf<'RetryDelivery'>,
  { database, nowMs }: CommandContext,
): Promise<WebhookDeliveryView> {
  const filter = { merchantId, paymentId: null, deliveryId, limit: 1 };
  if (!isUuid(deliveryId)) throw new Refusal('DELIVERY_NOT_FOUND');
  return await database.transaction(async (tx) => {
    const endpoint = (await lockEndpoints(tx, [merchantId], 'SHARE')).get(merchantId);
    const [delivery] = await listDeliveries(tx, filter);
    if (delivery === undefined) throw new Refusal('DELIVERY_NOT_FOUND');
    if (delivery.isForEndpoint && !isOpen(endpoint))
      throw new Refusal('ENDPOINT_NOT_SET', { status: endpoint?.status ?? 'active', url: endpoint?.url ?? null });
    await retryDelivery(tx, { id: deliveryId, paymentId: delivery.view.paymentId, nowMs });
    return (await listDeliveries(tx, filter))[0]!.view;
  });
}

function invalid(field: string): Refusal {
  return new Refusal('INVALID_COMMAND', { field });
}
