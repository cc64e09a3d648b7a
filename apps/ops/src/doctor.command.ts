import { topics } from '@paymatch/contracts';
import { unreadablePayments } from '@paymatch/payments-feature';
import { openWriteTransactions } from '@paymatch/platform-log';
import { PostgresParkingLot } from '@paymatch/platform-messaging';
import { Database } from '@paymatch/platform-postgres';
import { databaseUrlSetting, readSettings, type OpsCommand } from './ops-command.js';
import { services } from './services.js';

/** While a transaction that may write a log stays open, none of the log's readers gets past it. */
const WRITE_TRANSACTION_AGE_MAX_MS = 5_000;

/** What an operator should know first when something seems stuck. Exit code 1 when something needs a person. */
export const doctorCommand: OpsCommand = {
  name: 'doctor',
  usage: 'doctor',
  summary: 'look for what holds the system up: old write transactions, parked messages, payments that cannot be read',
  async run() {
    const { databaseUrl } = readSettings({ databaseUrl: databaseUrlSetting });
    const findings: string[] = [];
    for (const service of services) {
      const database = await Database.connect({
        url: databaseUrl,
        schema: service.schema,
        poolMax: 1,
        applicationName: 'paymatch ops',
      });
      try {
        const parked = await new PostgresParkingLot(database).list({ limit: 1_000 });
        if (parked.length > 0)
          findings.push(
            `${service.name}: ${parked.length} messages are parked; see ops parked list --service ` +
              `${service.name}, then parked replay or discard`,
          );
        const money = parked.filter(({ topic }) => topic === topics.creditsReceived.name);
        if (money.length > 0)
          findings.push(
            `${service.name}: ${money.length} of them are messages about money that no payment can find yet; ops ` +
              'parked show tells what they say',
          );
        if (service.name !== 'payments') continue;
        findings.push(...(await paymentsFindings(database)));
      } finally {
        await database.close();
      }
    }
    for (const finding of findings) console.log(finding);
    if (findings.length === 0) console.log('nothing is held up');
    return findings.length === 0 ? 0 : 1;
  },
};

/** Exported for its test. */
export async function paymentsFindings(database: Database): Promise<readonly string[]> {
  const open = await openWriteTransactions(database, WRITE_TRANSACTION_AGE_MAX_MS);
  const unreadable = await unreadablePayments(database, Date.now());
  return [
    ...open.map(
      ({ pid, database: name, user, application, ageMs, query }) =>
        `a transaction has been open for ${Math.round(ageMs / 1_000)} s after it wrote: ` +
        `${pid === null ? application : `pid ${pid}`}, database ${name}, user ${user}` +
        `${pid === null || application === '' ? '' : `, application ${application}`}, last query ` +
        `${query === null || query === '' ? 'not to be seen by this role' : JSON.stringify(query)}. ` +
        'Readers of events may wait for it; end it with ' +
        `${pid === null ? 'COMMIT PREPARED or ROLLBACK PREPARED' : `SELECT pg_terminate_backend(${pid})`} ` +
        '(docs/how-to/find-what-holds-events-up.md)',
    ),
    ...[...unreadable].map(
      ([paymentId, reason]) => `payment ${paymentId} cannot be read, so nothing happens to it: ${reason}`,
    ),
  ];
}
