import { parseArgs } from 'node:util';
import { accessSettings } from '@paymatch/gateway-access';
import { createReceivingStores } from '@paymatch/gateway-receiving';
import { systemClock } from '@paymatch/platform-observability';
import { withGatewayDatabase } from './gateway-database.js';
import { readSettings, UsageError, type OpsCommand } from './ops-command.js';

/** The rate of all merchants that set none of their own (`PAYMATCH_EXCHANGE_SOURCE=table`). */
export const exchangeRateCommand: OpsCommand = {
  name: 'exchange-rate',
  usage: 'exchange-rate --rate <BRL for one USD>',
  summary: 'set what a dollar costs for merchants without a rate of their own',
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { rate: { type: 'string' } } });
    if (!values.rate) throw new UsageError('exchange-rate needs --rate');
    const { rate } = values;
    const { secret } = readSettings(accessSettings);
    await withGatewayDatabase(async (database) => {
      const { exchange } = createReceivingStores({ database, secret, clock: systemClock });
      const set = await exchange
        .set({ merchantId: null, baseCurrency: 'USD', rate, setBy: 'operator' })
        .catch((error: unknown) => {
          throw error instanceof RangeError ? new UsageError(`the rate is ${error.message}`) : error;
        });
      console.log(`one USD costs ${set.rate} BRL from ${set.quotedAt}`);
    });
    return 0;
  },
};
