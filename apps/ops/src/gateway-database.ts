import { gatewayService } from '@paymatch/gateway-service';
import type { Database } from '@paymatch/platform-postgres';
import { connectDatabase } from '@paymatch/platform-service';
import { databaseUrlSetting, opsLogger, readSettings } from './ops-command.js';

/** Lends the gateway's database to one command, and closes it whatever happens. */
export async function withGatewayDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const { databaseUrl } = readSettings({ databaseUrl: databaseUrlSetting });
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
    return await work(database);
  } finally {
    await database.close();
  }
}
