import { oldestWriteTransactionAgeMs } from '@paymatch/platform-event-store';
import { PostgresParkingLot } from '@paymatch/platform-messaging';
import { Database } from '@paymatch/platform-postgres';
import { databaseUrlSetting, readSettings, type OpsCommand } from './ops-command.js';
import { services } from './services.js';

/** While a transaction that has written stays open, no log reader gets past it. */
const writeTransactionAgeMaxMs = 5_000;

/** What an operator should know first when something seems stuck. Exit code 1 when something needs a person. */
export const doctorCommand: OpsCommand = {
  name: 'doctor',
  usage: 'doctor',
  summary: 'look for what holds the system up: old write transactions and parked messages',
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
            `${service.name}: ${parked.length} messages are parked; see ops parked list --service ${service.name}`,
          );
        if (service.name !== 'payments') continue;
        const ageMs = await oldestWriteTransactionAgeMs(database);
        if (ageMs > writeTransactionAgeMaxMs)
          findings.push(
            `a transaction has been open for ${Math.round(ageMs / 1_000)} s after it wrote: every reader of events waits for it; end it in PostgreSQL`,
          );
      } finally {
        await database.close();
      }
    }
    for (const finding of findings) console.log(finding);
    if (findings.length === 0) console.log('nothing is held up');
    return findings.length === 0 ? 0 : 1;
  },
};
