import { parseArgs } from 'node:util';
import { PostgresParkingLot, type ParkedMessage } from '@paymatch/platform-messaging';
import { Database } from '@paymatch/platform-postgres';
import { databaseUrlSetting, readSettings, UsageError, type OpsCommand } from './ops-command.js';
import { findService, services } from './services.js';

const usage =
  'parked list [--service <name>] | parked show <id> --service <name> | parked discard <id> --service <name>';

/** Messages that a handler could not take; they and everything behind them of the same key wait here. */
export const parkedCommand: OpsCommand = {
  name: 'parked',
  usage: 'parked list|show|discard',
  summary: 'look at messages no handler could take; replaying happens in the service itself',
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { service: { type: 'string' } },
    });
    const [action, id] = positionals;
    if (action === 'list') return list(values.service);
    if ((action === 'show' || action === 'discard') && id && values.service && /^\d+$/.test(id))
      return action === 'show' ? show(values.service, Number(id)) : discard(values.service, Number(id));
    throw new UsageError(usage);
  },
};

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
  console.log(`message ${id} of ${service} is given up; what waited behind it may go on`);
  return 0;
}
