import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { accessSettings, createAccessStores } from '@paymatch/gateway-access';
import { DemoMerchantsStore, ensureDemoMerchant } from '@paymatch/gateway-service';
import { createPeopleStores } from '@paymatch/gateway-people';
import { createReceivingStores } from '@paymatch/gateway-receiving';
import { choice } from '@paymatch/platform-config';
import { systemClock } from '@paymatch/platform-observability';
import { withGatewayDatabase } from './gateway-database.js';
import { readSettings, UsageError, type OpsCommand } from './ops-command.js';

const settings = {
  ...accessSettings,
  profile: choice({
    env: 'PAYMATCH_PROFILE',
    doc: 'Production has no demo merchant',
    default: 'development',
    of: ['development', 'production'],
  }),
};

/** For trying out a cluster: the demo merchant that `npm start` makes by itself. */
export const demoCommand: OpsCommand = {
  name: 'demo',
  usage: 'demo --base-url <url> --data <folder>',
  summary: 'make the demo merchant of a running gateway and write its keys to <folder>/demo.json',
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: { 'base-url': { type: 'string' }, data: { type: 'string' } },
    });
    const { 'base-url': baseUrl, data: folder } = values;
    if (!baseUrl || !folder) throw new UsageError('demo needs --base-url and --data');
    const { secret, profile } = readSettings(settings);
    // Its keys may do everything and lie in a file: nothing for an installation that real money comes to.
    if (profile === 'production')
      throw new UsageError('production has no demo merchant; `npm run ops -- merchant` makes one of your own');
    await withGatewayDatabase(async (database) => {
      const demo = new DemoMerchantsStore(database);
      if ((await demo.first()) === null && (await demo.hasOthers()))
        throw new UsageError(
          'this installation has merchants of its own, so it is none to try out; nothing was changed',
        );
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const options = { database, secret, clock: systemClock };
      const people = createPeopleStores(options);
      const stores = { ...createAccessStores(options), ...createReceivingStores(options), demo, people };
      const made = await ensureDemoMerchant(stores, baseUrl, folder);
      console.log(`demo merchant ${made.merchant.id} of ${made.baseUrl}: keys in ${folder}/demo.json`);
    });
    return 0;
  },
};
