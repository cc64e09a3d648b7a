import { parseArgs } from 'node:util';
import { accessSettings } from '@paymatch/gateway-access';
import {
  createPeopleStores,
  linkUrl,
  makeOperatorLink,
  makeResetLink,
  plainEmail,
  resetAuthenticator,
  type PeopleStores,
} from '@paymatch/gateway-people';
import { httpUrl } from '@paymatch/platform-config';
import { systemClock } from '@paymatch/platform-observability';
import { withGatewayDatabase } from './gateway-database.js';
import { shellActor } from './merchant-desk.js';
import { readSettings, UsageError, type OpsCommand } from './ops-command.js';

const settings = {
  ...accessSettings,
  publicUrl: httpUrl({ env: 'PAYMATCH_PUBLIC_URL', doc: 'Where people reach the console: the base of the link' }),
};

interface Order {
  readonly email: string;
  readonly publicUrl: string;
  readonly reason: string | undefined;
}

const verbs: Readonly<Record<string, (stores: PeopleStores, order: Order) => Promise<string>>> = {
  invite: makeOperatorLink,
  'reset-link': async (stores, { email, publicUrl }) => {
    const link = await makeResetLink(stores, email);
    if (link === null) throw new UsageError(`nobody signs in here as ${email}`);
    return linkUrl(publicUrl, 'reset', link.token);
  },
  'reset-authenticator': async (stores, { email, reason = '' }) => {
    if (reason.trim() === '') throw new UsageError('say why: --reason <text>; it is kept in the audit log');
    const person = await stores.users.findByEmail(email);
    const actor = shellActor();
    if (person === null || (await resetAuthenticator(stores, person.id, { actor, reason })) === null)
      throw new UsageError(`nobody signs in here as ${email}`);
    return `${email} signs in by the password alone now; every session of theirs has ended. Tell them.`;
  },
};

/** Who runs the installation, in the console, and the way back for whoever forgot a password. */
export const operatorCommand: OpsCommand = {
  name: 'operator',
  usage: 'operator invite | reset-link | reset-authenticator --email <address> [--reason <text>]',
  summary:
    'print a link, good once: to become an operator (three days), or to choose a new password (an hour); or remove a lost second factor',
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { email: { type: 'string' }, reason: { type: 'string' } },
      allowPositionals: true,
    });
    const email = plainEmail(values.email);
    const make = verbs[positionals.join(' ')];
    if (make === undefined || email === null)
      throw new UsageError('it is: operator invite, reset-link or reset-authenticator, with --email <address>');
    const { secret, publicUrl } = readSettings(settings);
    await withGatewayDatabase(async (database) => {
      const stores = createPeopleStores({ database, secret, clock: systemClock });
      console.log(await make(stores, { email, publicUrl, reason: values.reason }));
    });
    return 0;
  },
};
