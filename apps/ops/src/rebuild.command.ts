import { rebuildPayments } from '@paymatch/gateway-read-models';
import { allPaymentFacts, paymentsSchema } from '@paymatch/payments-feature';
import { Database } from '@paymatch/platform-postgres';
import { databaseUrlSetting, readSettings, type OpsCommand } from './ops-command.js';

/** The gateway's lists made anew from the events, beside the ones in use, then switched; requests go on meanwhile. */
export const rebuildCommand: OpsCommand = {
  name: 'rebuild',
  usage: 'rebuild',
  summary: 'make the payments read model anew from the events and switch to it; the gateway may run',
  async run() {
    const { databaseUrl } = readSettings({ databaseUrl: databaseUrlSetting });
    const connect = (schema: string): Promise<Database> =>
      Database.connect({
        url: databaseUrl,
        schema,
        poolMax: 2,
        applicationName: 'paymatch ops',
        statementTimeoutMs: 600_000,
      });
    const [payments, gateway] = [await connect(paymentsSchema), await connect('gateway')];
    try {
      const { paymentCount } = await rebuildPayments(gateway, allPaymentFacts(payments));
      console.log(`${paymentCount} payments in the new read model, which is in use now`);
    } finally {
      await payments.close();
      await gateway.close();
    }
    return 0;
  },
};
