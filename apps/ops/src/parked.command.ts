import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { PostgresParkingLot, type ParkedMessage } from '@paymatch/platform-messaging';
import { Database } from '@paymatch/platform-postgres';
import { databaseUrlSetting, readSettings, UsageError, type OpsCommand } from './ops-command.js';
import { findService, services } from './services.js';

const usage =
  'parked list [--service <name>] | parked show <id> --service <name> | parked discard <id> --service <name> | ' +
  'parked replay <id> --service <name> | parked replay --key <key> --service <name> | parked replay --all [--service <name>]';

const replayWaitMs = 30_000;
const replayLookMs = 500;

/**
 * Messages that a handler could not take; they and, where order matters, everything behind them of the same key wait
 * here.
 */
export const parkedCommand: OpsCommand = {
  name: 'parked',
  usage: 'parked list|show|replay|discard',
  summary: 'look at messages no handler could take, and have the running service take them again',
  help: usage.replaceAll(' | ', '\n'),
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { service: { type: 'string' }, key: { type: 'string' }, all: { type: 'boolean' } },
    });
    const [action, id] = positionals;
    if (action === 'list') return list(values.service);
    if ((action === 'show' || action === 'discard') && id && values.service && /^\d+$/.test(id))
      return action === 'show' ? show(values.service, Number(id)) : discard(values.service, Number(id));
    if (action === 'replay') {
      const wish = wishOf(id, values);
      if (wish) return replay(values.service, wish);
    }
    throw new UsageError(usage);
  },
};

type Wish = { readonly id: number } | { readonly key: string } | Record<string, never>;

/** One message, one key, or everything: exactly one of them must be said. */
function wishOf(
  id: string | undefined,
  { service, key, all }: { readonly service?: string; readonly key?: string; readonly all?: boolean },
): Wish | null {
  if ([id, key, all].filter((part) => part !== undefined).length !== 1) return null;
  if (all) return {};
  if (service === undefined) return null;
  if (key !== undefined) return { key };
  return /^\d+$/.test(id ?? '') ? { id: Number(id) } : null;
}

async function withLot<T>(service: string, work: (lot: PostgresParkingLot) => Promise<T>): Promise<T> {
  const { databaseUrl } = readSettings({ databaseUrl: databaseUrlSetting });
  const database = await Database.connect({
    url: databaseUrl,
    schema: findService(service).schema,
    poolMax: 2,
    applicationName: 'paymatch ops',
  });
  try {
    return await work(new PostgresParkingLot(database));
  } finally {
    await database.close();
  }
}

async function list(only: string | undefined): Promise<number> {
  const names = only ? [findService(only).name] : services.map((service) => service.name);
  let count = 0;
  for (const name of names) {
    const parked = await withLot(name, (lot) => lot.list({ limit: 1_000 }));
    for (const message of parked)
      console.log(
        `${name}\t${message.id}\t${message.topic}\t${message.key}\t${message.parkedAt.toISOString()}\t${message.error}`,
      );
    count += parked.length;
  }
  if (count === 0) console.log('nothing is parked');
  return 0;
}

async function show(service: string, id: number): Promise<number> {
  const [message] = await withLot(service, (lot) => lot.list({ afterId: id - 1, limit: 1 }));
  if (message?.id !== id) throw new UsageError(`${service} has no parked message ${id}`);
  const { value, ...rest }: ParkedMessage = message;
  console.log(JSON.stringify({ ...rest, value: Buffer.from(value).toString('utf8') }, null, 2));
  return 0;
}

async function discard(service: string, id: number): Promise<number> {
  const isDiscarded = await withLot(service, (lot) => lot.discard(id));
  if (!isDiscarded) throw new UsageError(`${service} has no parked message ${id}`);
  console.log(`message ${id} of ${service} is given up; what waited behind it is handled by the running service now`);
  return 0;
}

/**
 * Asks for the replay and waits for what becomes of it: the service that runs has the handlers, in whichever process it
 * is.
 */
async function replay(only: string | undefined, wish: Wish): Promise<number> {
  const names = only ? [findService(only).name] : services.map((service) => service.name);
  let leftCount = 0;
  for (const name of names) leftCount += await withLot(name, (lot) => replayIn(name, lot, wish));
  return leftCount === 0 ? 0 : 1;
}

async function replayIn(name: string, lot: PostgresParkingLot, wish: Wish): Promise<number> {
  if ('id' in wish) await refuseWaiting(name, lot, wish.id as number);
  const count = await lot.requestReplay(wish);
  if (count === 0) {
    console.log(`${name}: nothing to replay`);
    return 0;
  }
  const deadlineMs = Date.now() + replayWaitMs;
  let left = await ofWish(lot, wish);
  while (left.some((message) => message.replayRequestedAt !== null) && Date.now() < deadlineMs) {
    await sleep(replayLookMs);
    left = await ofWish(lot, wish);
  }
  console.log(`${name}: ${count} messages asked for, ${left.length} still parked`);
  for (const { id, key, error, replayRequestedAt } of left)
    console.log(`${name}\t${id}\t${key}\t${replayRequestedAt === null ? error : 'the service has not come to it yet'}`);
  return left.length;
}

async function ofWish(lot: PostgresParkingLot, wish: Wish): Promise<readonly ParkedMessage[]> {
  if ('id' in wish) {
    const id = wish.id as number;
    return (await lot.list({ afterId: id - 1, limit: 1 })).filter((message) => message.id === id);
  }
  return lot.list({ ...wish, limit: 1_000 });
}

/** A message that was never tried waits behind another, and would be tried before its turn. */
async function refuseWaiting(name: string, lot: PostgresParkingLot, id: number): Promise<void> {
  const [message] = await lot.list({ afterId: id - 1, limit: 1 });
  if (message?.id !== id) throw new UsageError(`${name} has no parked message ${id}`);
  const [first] = await lot.list({ group: message.group, topic: message.topic, key: message.key, limit: 1 });
  if (first !== undefined && first.id !== id && message.attempts === 0)
    throw new UsageError(
      `message ${id} waits behind message ${first.id}: replay or discard that first, or the whole key`,
    );
}
