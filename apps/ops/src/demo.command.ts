import { mkdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { accessSettings, createAccessStores } from '@paymatch/gateway-access';
import { ensureDemoMerchant, gatewayService } from '@paymatch/gateway-service';
import { createSmartFastPayStores } from '@paymatch/gateway-smartfastpay';
import { systemClock } from '@paymatch/platform-observability';
import { connectDatabase } from '@paymatch/platform-service';
import { databaseUrlSetting, opsLogger, readSettings, UsageError, type OpsCommand } from './ops-command.js';

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
    if (!values['base-url'] || !values.data) throw new UsageError('demo needs --base-url and --data');
    const { databaseUrl, secret } = readSettings({ databaseUrl: databaseUrlSetting, ...accessSettings });
    const database = await connectDatabase({
      url: databaseUrl,
      schema: gatewayService.schema,
      migrations: gatewayService.migrations,
      entities: gatewayService.entities ?? [],
      poolMax: 2,
      applicationName: 'paymatch ops',
      logger: opsLogger(),
      waitMs: 30_000,
      migrates: false,
    });
    try {
      mkdirSync(values.data, { recursive: true, mode: 0o700 });
      const options = { database, secret, clock: systemClock };
      const demo = await ensureDemoMerchant(
        { ...createAccessStores(options), smartfastpay: createSmartFastPayStores(options) },
        values['base-url'],
        values.data,
      );
      console.log(`demo merchant ${demo.merchant.id} of ${demo.baseUrl}: keys in ${values.data}/demo.json`);
    } finally {
      await database.close();
    }
    return 0;
  },
};
