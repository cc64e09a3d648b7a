import { rebuildPayments, type RebuildProgress } from '@paymatch/gateway-read-models';
import { allPaymentHistories, paymentsSchema } from '@paymatch/payments-feature';
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
        poolMax: 3,
        applicationName: 'paymatch ops',
        statementTimeoutMs: 600_000,
      });
    const [payments, gateway] = [await connect(paymentsSchema), await connect('gateway')];
    try {
      const { paymentCount } = await rebuildPayments(
        gateway,
        allPaymentHistories(payments),
        progressTeller(await eventCount(payments)),
      );
      console.log(`${paymentCount} payments in the new read model, which is in use now`);
    } finally {
      await payments.close();
      await gateway.close();
    }
    return 0;
  },
};

const REPORT_EVERY_MS = 1_000;

/** About how many events there are: the planner's own estimate costs nothing, and a count of millions would. */
async function eventCount(payments: Database): Promise<number> {
  const { rows } = await payments.query<{ n: number }>(
    `SELECT greatest(reltuples, 0)::bigint AS n FROM pg_class WHERE oid = 'payments.events'::regclass`,
  );
  return rows[0]?.n ?? 0;
}

/** Says how far it is: once a second while payments are written, and at each further step. */
function progressTeller(expected: number): (progress: RebuildProgress) => void {
  const startedMs = Date.now();
  let reportedAtMs = 0;
  return (progress) => {
    if (progress.step !== 'payments written') {
      console.log(`  ${progress.step}${'index' in progress ? ` ${progress.index}` : ''}`);
      return;
    }
    const nowMs = Date.now();
    if (nowMs - reportedAtMs < REPORT_EVERY_MS) return;
    reportedAtMs = nowMs;
    const share = expected > progress.events ? `, about ${Math.floor((100 * progress.events) / expected)} %` : '';
    const perSecond = Math.round((1_000 * progress.events) / Math.max(1, nowMs - startedMs));
    console.log(
      `  ${progress.events} events read${share}, ${progress.payments} payments written, ${perSecond} events/s`,
    );
  };
}
