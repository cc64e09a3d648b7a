import { repairXids } from '@paymatch/platform-log';
import { BUS_SCHEMA, busMigrations } from '@paymatch/platform-messaging';
import { Database } from '@paymatch/platform-postgres';
import { databaseUrlSetting, readSettings, UsageError, type OpsCommand } from './ops-command.js';
import { findService } from './services.js';

/** After a dump was restored into another cluster; the service must be stopped. */
export const repairXidsCommand: OpsCommand = {
  name: 'repair-xids',
  usage: 'repair-xids <service|bus>',
  summary: 'put the logs of a restored schema in order again; only while that service is stopped',
  help: 'Services: payments, sms-matching, webhook-dispatch; bus for the topics of npm start. A start that is refused names them.',
  async run([name]) {
    if (!name) throw new UsageError('repair-xids needs the name of a service, or bus');
    const { databaseUrl } = readSettings({ databaseUrl: databaseUrlSetting });
    const { schema, migrations } =
      name === BUS_SCHEMA ? { schema: BUS_SCHEMA, migrations: busMigrations } : findService(name);
    const database = await Database.connect({
      url: databaseUrl,
      schema,
      migrations,
      poolMax: 2,
      applicationName: 'paymatch ops',
    });
    try {
      const repaired = await repairXids(database);
      for (const [table, rows] of repaired)
        console.log(`${table}: ${rows === 0 ? 'was in order' : `${rows} rows put in order`}`);
      if (repaired.size === 0) console.log(`${schema} keeps no log: there is nothing to put in order`);
    } finally {
      await database.close();
    }
    return 0;
  },
};
