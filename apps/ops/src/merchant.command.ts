import { parseArgs } from 'node:util';
import { abilities, accessSettings, createAccessStores } from '@paymatch/gateway-access';
import { systemClock } from '@paymatch/platform-observability';
import { withGatewayDatabase } from './gateway-database.js';
import { readSettings, UsageError, type OpsCommand } from './ops-command.js';

const NAME_LENGTH_MAX = 100;

/** A merchant of an installation in use, and the first keys, with which the merchant sets up the rest. */
export const merchantCommand: OpsCommand = {
  name: 'merchant',
  usage: 'merchant --name <name>',
  summary: 'make a merchant and print its first live and test key, which may do everything',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { name: { type: 'string' } } });
    const name = values.name?.trim() ?? '';
    if (name === '' || [...name].length > NAME_LENGTH_MAX)
      throw new UsageError(`merchant needs --name, at most ${NAME_LENGTH_MAX} characters`);
    const { secret } = readSettings(accessSettings);
    await withGatewayDatabase(async (database) => {
      const { merchants, keys } = createAccessStores({ database, secret, clock: systemClock });
      const { id: merchantId } = await merchants.create({ name });
      const issue = async (livemode: boolean): Promise<string> =>
        (await keys.issue({ merchantId, livemode, abilities })).key;
      console.log(
        [
          `merchant  ${merchantId}`,
          `live key  ${await issue(true)}`,
          `test key  ${await issue(false)}`,
          'Shown this once.',
        ].join('\n'),
      );
    });
    return 0;
  },
};
