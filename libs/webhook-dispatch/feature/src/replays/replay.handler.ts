import { isUuid, type WebhookCommand, type WebhookReplayView } from '@paymatch/contracts';
import { Refusal } from '@paymatch/platform-messaging';
import { invalid, type CommandContext } from '../endpoints/command-context.js';
import { findEndpoint } from '../endpoints/endpoint.store.js';
import { cancelReplay, findReplays, insertReplay } from './replay.store.js';

type CommandOf<Type extends WebhookCommand['type']> = Extract<WebhookCommand, { type: Type }>;

const LIST_MAX = 100;

/** The message's id becomes the replay's, so that a repeated command replays once. */
export async function startReplay(
  command: CommandOf<'StartReplay'>,
  { database, messageId, nowMs }: CommandContext,
): Promise<WebhookReplayView> {
  const { endpointId, scope, since } = command;
  if (scope !== 'failed' && scope !== 'all') throw invalid('scope');
  if (since !== null && Number.isNaN(Date.parse(since))) throw invalid('since');
  await database.transaction(async (tx) => {
    if (!isUuid(endpointId) || (await findEndpoint(tx, command)) === null) throw new Refusal('ENDPOINT_NOT_FOUND');
    await insertReplay(tx, { ...command, id: messageId, since: since ?? new Date(0).toISOString(), nowMs });
  });
  return await one({ ...command, replayId: messageId }, database);
}

export async function getReplay(
  command: CommandOf<'GetReplay' | 'CancelReplay'>,
  { database }: CommandContext,
): Promise<WebhookReplayView> {
  if (command.type === 'CancelReplay' && isUuid(command.replayId)) await cancelReplay(database, command);
  return await one(command, database);
}

export async function listReplays(
  command: CommandOf<'ListReplays'>,
  { database }: CommandContext,
): Promise<readonly WebhookReplayView[]> {
  return await findReplays(database, { ...command, replayId: null, limit: LIST_MAX });
}

async function one(
  key: { readonly merchantId: string; readonly livemode: boolean; readonly replayId: string },
  database: CommandContext['database'],
): Promise<WebhookReplayView> {
  const [replay] = isUuid(key.replayId)
    ? await findReplays(database, {
        merchantId: key.merchantId,
        livemode: key.livemode,
        replayId: key.replayId,
        limit: 1,
      })
    : [];
  if (replay === undefined) throw new Refusal('REPLAY_NOT_FOUND');
  return replay;
}
