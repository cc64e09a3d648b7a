import { parseArgs } from 'node:util';
import { accessSettings } from '@paymatch/gateway-access';
import { gatewayService } from '@paymatch/gateway-service';
import { createSmartFastPayStores } from '@paymatch/gateway-smartfastpay';
import { systemClock } from '@paymatch/platform-observability';
import { connectDatabase } from '@paymatch/platform-service';
import { databaseUrlSetting, opsLogger, readSettings, UsageError, type OpsCommand } from './ops-command.js';

/** The rate of all merchants that set none of their own (`PAYMATCH_EXCHANGE_SOURCE=table`). */
export const exchangeRateCommand: OpsCommand = {
  name: 'exchange-rate',
  usage: 'exchange-rate --rate <BRL for one USD>',
  summary: 'set what a dollar costs for merchants without a rate of their own',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { rate: { type: 'string' } } });
    if (!values.rate) throw new UsageError('exchange-rate needs --rate');
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
      const { exchange } = createSmartFastPayStores({ database, secret, clock: systemClock });
      const { rate, quotedAt } = await exchange.set({
        merchantId: null,
        baseCurrency: 'USD',
        rate: values.rate,
        setBy: 'operator',
      });
      console.log(`one USD costs ${rate} BRL from ${quotedAt}`);
    } catch (error) {
      throw error instanceof RangeError ? new UsageError(`the rate is ${error.message}`) : error;
    } finally {
      await database.close();
    }
    return 0;
  },
};
