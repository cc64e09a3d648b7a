import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { silentLogger } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import { startEmbeddedPostgres } from '@paymatch/platform-dev-servers';
import { busMigrations } from '../embedded/bus.migrations.js';
import { EmbeddedCarrier, type EmbeddedCarrierSettings } from '../embedded/embedded-carrier.js';
import { PostgresParkingLot } from '../parking/postgres-parking-lot.js';
import { parkedMessagesMigrationSql, parkedReplayMigrationSql } from '../parking/parked-messages.migration.js';
import type { CarrierHarness } from './carrier-harness.js';

/** The embedded carrier on a durable PostgreSQL of its own, which may be killed. */
export async function createEmbeddedHarness(settings: Partial<EmbeddedCarrierSettings> = {}): Promise<CarrierHarness> {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'paymatch-bus-'));
  const server = await startEmbeddedPostgres({ dataDir, durable: true });
  const databases: Database[] = [];
  const connect = async (schema: string, migrations: readonly Function[] = []): Promise<Database> => {
    const database = await Database.connect({
      url: server.url,
      schema,
      migrations: [...migrations],
      poolMax: 6,
      applicationName: 'carrier-contract',
    });
    databases.push(database);
    return database;
  };
  const first = await connect('bus', busMigrations);
  await migrate(first);
  let parkingLots = 0;
  return {
    requestsCrossInstances: false,
    takeoverMs: 1_500,
    victimArguments: ['embedded', server.url],
    createCarrier: async () => {
      const carrier = new EmbeddedCarrier({ database: await connect('bus'), logger: silentLogger, settings });
      await carrier.start();
      return carrier;
    },
    createTopic: async () => undefined,
    publishRaw: async (topic, messages) => {
      for (const { key, headers, value } of messages)
        await first.query('INSERT INTO bus.log (topic, key, headers, value) VALUES ($1, $2, $3, $4)', [
          topic,
          key,
          JSON.stringify(headers),
          value,
        ]);
    },
    killBroker: async () => {
      const killed = server.pid;
      process.kill(killed, 'SIGKILL');
      while (server.pid === killed)
        await new Promise((resolve) => {
          setTimeout(resolve, 20);
        });
    },
    createService: async () => {
      parkingLots += 1;
      const database = await connect(`svc_${parkingLots}`);
      await migrate(database);
      await database.query(parkedMessagesMigrationSql(database.schema));
      await database.query(parkedReplayMigrationSql(database.schema));
      return { database, parkingLot: new PostgresParkingLot(database) };
    },
    stop: async () => {
      await Promise.all(databases.map((database) => database.close()));
      await server.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
