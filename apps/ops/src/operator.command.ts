import { parseArgs } from 'node:util';
import { accessSettings } from '@paymatch/gateway-access';
import { createPeopleStores, makeOperatorLink, plainEmail } from '@paymatch/gateway-people';
import { httpUrl } from '@paymatch/platform-config';
import { systemClock } from '@paymatch/platform-observability';
import { withGatewayDatabase } from './gateway-database.js';
import { readSettings, UsageError, type OpsCommand } from './ops-command.js';

const settings = {
  ...accessSettings,
  publicUrl: httpUrl({ env: 'PAYMATCH_PUBLIC_URL', doc: 'Where people reach the console: the base of the link' }),
};

/** Who runs the installation, in the console. */
export const operatorCommand: OpsCommand = {
  name: 'operator',
  usage: 'operator invite --email <address>',
  summary: 'print a link, good once within three days, by which that person becomes an operator',
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: { email: { type: 'string' } },
      allowPositionals: true,
    });
    const email = plainEmail(values.email);
    if (positionals.join(' ') !== 'invite' || email === null)
      throw new UsageError('it is: operator invite --email <address>');
    const { secret, publicUrl } = readSettings(settings);
    await withGatewayDatabase(async (database) => {
      const stores = createPeopleStores({ database, secret, clock: systemClock });
      console.log(await makeOperatorLink(stores, { email, publicUrl }));
    });
    return 0;
  },
};
