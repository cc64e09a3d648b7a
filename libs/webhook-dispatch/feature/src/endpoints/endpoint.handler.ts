import {
  defaultWebhookEvents,
  endpointSigner,
  isUuid,
  type WebhookCommand,
  type WebhookEndpointSettings,
  type WebhookEndpointView,
  type WebhookSecretView,
} from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import type { Tx } from '@paymatch/platform-postgres';
import { isAcceptableSecret } from '@paymatch/vocabulary';
import { failingOf, forgetFailures } from '../alarms/endpoint-failures.store.js';
import { cancelDeliveries, holdDeliveries, resumeDeliveries } from '../deliveries/delivery.store.js';
import { forgetHealth } from '../deliveries/receiver-health.store.js';
import { invalid, type CommandContext } from './command-context.js';
import { refuseSettings } from './endpoint.rules.js';
import {
  endpointView,
  findEndpoint,
  findEndpointsOf,
  insertEndpoint,
  isOpen,
  lockEndpoints,
  settingsOf,
  updateEndpoint,
  type EndpointRow,
  type Owner,
} from './endpoint.store.js';
import { ensureSecrets, findSecret, newSecret, rotateSecret } from './signing-secret.store.js';

type CommandOf<Type extends WebhookCommand['type']> = Extract<WebhookCommand, { type: Type }>;

/** Of one merchant in one mode. */
const ENDPOINTS_MAX = 20;

export async function createEndpoint(
  command: CommandOf<'CreateEndpoint'>,
  context: CommandContext,
): Promise<WebhookEndpointView> {
  const { database, messageId: id, nowMs, sealer } = context;
  if (!isUuid(id)) throw invalid('id');
  refuseSettings(command, context.targets);
  const events = command.events.length === 0 ? defaultWebhookEvents : [...new Set(command.events)];
  const given = command.secretSealed === null ? null : acceptSecret(command.secretSealed, endpointSigner(id), context);
  return await database.transaction(async (tx) => {
    // One after the other, so that two requests together do not make one too many.
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `webhook-endpoints:${ownerText(command)}`,
    ]);
    const known = await findEndpointsOf(tx, [command]);
    if (known.length >= ENDPOINTS_MAX && !known.some((endpoint) => endpoint.id === id))
      throw new Refusal('TOO_MANY_ENDPOINTS', { max: ENDPOINTS_MAX });
    await ensureSecrets(tx, [endpointSigner(id)], { sealer, ...(given !== null && { given }) });
    await insertEndpoint(tx, { ...command, events, id, nowMs });
    return endpointView(await existing(tx, { ...command, endpointId: id }));
  });
}

/**
 * A new URL gets what is unfinished at once, with a schedule of its own: the old one's failures say nothing about it.
 * The same URL again, or an endpoint that is enabled again, goes on where it was, so that no attempt is burnt by
 * switching.
 */
export async function changeEndpoint(
  command: CommandOf<'ChangeEndpoint'>,
  context: CommandContext,
): Promise<WebhookEndpointView> {
  const { database, nowMs } = context;
  return await database.transaction(async (tx) => {
    const before = await existing(tx, command, 'UPDATE');
    const settings = changed(before, command);
    refuseSettings(settings, context.targets);
    const isNewUrl = settings.url !== null && settings.url !== (before.url ?? before.last_url);
    const isEnabled =
      command.isEnabled ?? (before.status === 'active' || (isNewUrl && before.disabled_reason !== 'by_hand'));
    const after = await updateEndpoint(tx, {
      id: before.id,
      ...settings,
      lastUrl: before.url ?? before.last_url,
      status: isEnabled ? 'active' : 'disabled',
      disabledReason: isEnabled ? null : disabledReasonOf(before, command),
      nowMs,
    });
    if (isNewUrl) await forgetHealth(tx, [endpointSigner(before.id)]);
    // A new address, or the merchant's own word: what was learnt holds no more.
    if (isNewUrl || command.isEnabled !== undefined) await forgetFailures(tx, [before.id]);
    if (isNewUrl || !isOpen(after)) await holdDeliveries(tx, [before.id]);
    if (isOpen(after)) await resumeDeliveries(tx, before.id, { nowMs, isNewUrl });
    return endpointView(after);
  });
}

/** Whoever disables by hand what was disabled for failing means it: it is not tried any more. */
function disabledReasonOf(before: EndpointRow, command: CommandOf<'ChangeEndpoint'>): string {
  return command.isEnabled === false ? 'by_hand' : (before.disabled_reason ?? 'by_hand');
}

function changed(before: EndpointRow, command: CommandOf<'ChangeEndpoint'>): WebhookEndpointSettings {
  const { url, description, events, headers, order, concurrencyMax, ratePerSecond }: Partial<WebhookEndpointSettings> =
    command;
  return {
    ...settingsOf(before),
    ...(url !== undefined && { url }),
    ...(description !== undefined && { description }),
    ...(events !== undefined && events.length > 0 && { events: [...new Set(events)] }),
    ...(headers !== undefined && { headers }),
    ...(order !== undefined && { order }),
    ...(concurrencyMax !== undefined && { concurrencyMax }),
    ...(ratePerSecond !== undefined && { ratePerSecond }),
  };
}

/** What was not yet sent there is cancelled, and stays listed; its events can be replayed to another endpoint. */
export async function removeEndpoint(
  command: CommandOf<'RemoveEndpoint'>,
  { database, nowMs }: CommandContext,
): Promise<WebhookEndpointView> {
  return await database.transaction(async (tx) => {
    const before = await existing(tx, command, 'UPDATE');
    const { id, last_url: lastUrl } = before;
    await updateEndpoint(tx, { id, lastUrl, ...settingsOf(before), status: 'removed', disabledReason: null, nowMs });
    await cancelDeliveries(tx, id);
    await forgetFailures(tx, [id]);
    return endpointView(before);
  });
}

export async function getEndpoint(
  command: CommandOf<'GetEndpoint'>,
  context: CommandContext,
): Promise<WebhookEndpointView> {
  const endpoint = await context.database.transaction((tx) => existing(tx, command));
  return (await viewsOf([endpoint], context))[0]!;
}

export async function listEndpoints(
  command: CommandOf<'ListEndpoints'>,
  context: CommandContext,
): Promise<readonly WebhookEndpointView[]> {
  return await viewsOf(await findEndpointsOf(context.database, [command]), context);
}

/** With how they have failed lately. */
async function viewsOf(
  endpoints: readonly EndpointRow[],
  { database, nowMs, failureBudgetMs }: CommandContext,
): Promise<readonly WebhookEndpointView[]> {
  const ids = endpoints.map(({ id }) => id);
  const failing = await failingOf(database, ids, { budgetMs: failureBudgetMs, nowMs });
  return endpoints.map((endpoint) => {
    const spell = failing.get(endpoint.id);
    return { ...endpointView(endpoint), ...(spell !== undefined && { failing: spell }) };
  });
}

export async function getSecret(
  command: CommandOf<'GetSecret'>,
  { database }: CommandContext,
): Promise<WebhookSecretView> {
  return await database.transaction(async (tx) => {
    const { id } = await existing(tx, command);
    return await secretView(tx, endpointSigner(id));
  });
}

export async function rotateEndpointSecret(
  command: CommandOf<'RotateSecret'>,
  context: CommandContext,
): Promise<WebhookSecretView> {
  return await context.database.transaction(async (tx) => {
    const { id } = await existing(tx, command);
    return await rotate(tx, { signer: endpointSigner(id), given: command.secretSealed }, context);
  });
}

/** A secret that is made when it is first asked for: of contract B's callbacks, of what tells of alarms. */
export async function getOwnSecret(signer: string, { database, sealer }: CommandContext): Promise<WebhookSecretView> {
  await ensureSecrets(database, [signer], { sealer });
  return await database.transaction((tx) => secretView(tx, signer));
}

export async function rotateOwnSecret(signer: string, context: CommandContext): Promise<WebhookSecretView> {
  await ensureSecrets(context.database, [signer], context);
  return await context.database.transaction((tx) => rotate(tx, { signer, given: null }, context));
}

async function rotate(
  tx: Tx,
  asked: { readonly signer: string; readonly given: string | null },
  context: CommandContext,
): Promise<WebhookSecretView> {
  const { signer, given } = asked;
  const sealed = given === null ? context.sealer.seal(newSecret(), signer) : acceptSecret(given, signer, context);
  const now = await rotateSecret(tx, { signer, rotationId: context.messageId, sealed, nowMs: context.nowMs });
  return { signer, sealed: now.toString('base64') };
}

async function secretView(tx: Tx, signer: string): Promise<WebhookSecretView> {
  const sealed = await findSecret(tx, signer);
  if (sealed === null) throw new Error(`${signer} has no secret`);
  return { signer, sealed: sealed.toString('base64') };
}

/** A secret of the merchant's own, as it was sealed for the signer; opened only to see whether it will do. */
function acceptSecret(text: string, signer: string, { sealer }: CommandContext): Buffer {
  const sealed = Buffer.from(text, 'base64');
  let secret: string;
  try {
    secret = sealer.open(sealed, signer);
  } catch (error) {
    throw new Refusal('INVALID_COMMAND', { field: 'secret', reason: (error as Error).message });
  }
  if (!isAcceptableSecret(secret)) throw invalid('secret');
  return sealed;
}

async function existing(tx: Tx, key: Owner & { readonly endpointId: string }, lock?: 'UPDATE'): Promise<EndpointRow> {
  const found = isUuid(key.endpointId) ? await findEndpoint(tx, key) : null;
  if (found === null) throw new Refusal('ENDPOINT_NOT_FOUND');
  if (lock === undefined) return found;
  const locked = (await lockEndpoints(tx, [found.id], lock)).get(found.id);
  if (locked === undefined || locked.status === 'removed') throw new Refusal('ENDPOINT_NOT_FOUND');
  return locked;
}

function ownerText({ merchantId, livemode }: Owner): string {
  return `${merchantId}:${livemode ? 'live' : 'test'}`;
}
