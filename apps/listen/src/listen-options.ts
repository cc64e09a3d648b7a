import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

export interface ListenOptions {
  /** Where events are sent. */
  readonly to: string;
  /** Base of the gateway, without a trailing slash. */
  readonly gateway: string;
  readonly key: string;
  /** Given by hand; `null`: one is made and kept. */
  readonly secret: string | null;
  /** The first time: from the first event there is, instead of from now. */
  readonly fromStart: boolean;
  readonly stateFile: string;
}

/** The command cannot be carried out as it was given; the message is for whoever typed it. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const usage = `npm run listen -- --to http://127.0.0.1:4000/hook [options]

Sends a test merchant's events to a URL of this machine, signed as webhooks are, and goes on where it stopped.

  --to <url>        where to; any address this machine reaches
  --gateway <url>   the gateway; that of demo.json where there is one, else http://127.0.0.1:3000
  --key <key>       a test key with payments:read, or PAYMATCH_KEY; that of demo.json where there is one
  --secret <text>   signs what is sent; else one is made, kept and printed
  --all             the first time, begin with the oldest event instead of now
  --live            take a live key: real events go to the URL
  --state <file>    where it remembers how far it came; .paymatch/listen.json
`;

interface Demo {
  readonly baseUrl: string;
  readonly merchant: { readonly testKey: string };
}

export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): ListenOptions | 'help' {
  const given = parse(args);
  if (given.help === true) return 'help';
  const folder = path.resolve(env.PAYMATCH_DATA ?? '.paymatch');
  const demo = findDemo(folder, given.gateway);
  const to = urlOf('--to', given.to);
  const gateway = urlOf('--gateway', given.gateway ?? demo?.baseUrl ?? 'http://127.0.0.1:3000').replace(/\/+$/, '');
  const key = given.key ?? env.PAYMATCH_KEY ?? demo?.merchant.testKey;
  if (key === undefined) throw new UsageError('Give a test key: --key fk_test_…, or PAYMATCH_KEY.');
  if (!/^fk_(live|test)_[0-9A-Za-z]{32}$/.test(key))
    throw new UsageError('That is no API key; a test key looks like fk_test_ and 32 letters and digits.');
  if (key.startsWith('fk_live_') && given.live !== true)
    throw new UsageError(
      'That is a live key. Use a test key (fk_test_…), or say --live if real events are to go there.',
    );
  if (given.secret !== undefined && !/^[\x21-\x7e]{16,200}$/.test(given.secret))
    throw new UsageError('A --secret is 16 to 200 visible ASCII characters.');
  return {
    to,
    gateway,
    key,
    secret: given.secret ?? null,
    fromStart: given.all === true,
    stateFile: path.resolve(given.state ?? path.join(folder, 'listen.json')),
  };
}

function parse(args: readonly string[]) {
  try {
    const text = { type: 'string' } as const;
    const flag = { type: 'boolean' } as const;
    return parseArgs({
      args: [...args],
      options: { to: text, gateway: text, key: text, secret: text, state: text, all: flag, live: flag, help: flag },
    }).values;
  } catch (error) {
    throw new UsageError((error as Error).message, { cause: error });
  }
}

function urlOf(name: string, text: string | undefined): string {
  if (text === undefined) throw new UsageError(`Say where to: ${name} http://127.0.0.1:4000/hook`);
  const protocol = URL.canParse(text) ? new URL(text).protocol : null;
  if (protocol !== 'http:' && protocol !== 'https:') throw new UsageError(`${name} must be an http or https URL.`);
  return text;
}

/** What `npm start` on this machine has left for its visitors. */
function findDemo(folder: string, gateway: string | undefined): Demo | null {
  const file = path.join(folder, 'demo.json');
  if (!existsSync(file)) return null;
  const demo = JSON.parse(readFileSync(file, 'utf8')) as Demo;
  const isAsked =
    gateway === undefined || !URL.canParse(gateway) || new URL(gateway).origin === new URL(demo.baseUrl).origin;
  return isAsked ? demo : null;
}
