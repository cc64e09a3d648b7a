import { topics } from '@paymatch/contracts';
import { readConfig } from '@paymatch/platform-config';
import { BUS_SCHEMA, busMigrations, EmbeddedCarrier } from '@paymatch/platform-messaging';
import { silentLogger, systemClock } from '@paymatch/platform-observability';
import { Database, migrate } from '@paymatch/platform-postgres';
import { runServices } from '@paymatch/platform-service';
import { smsMatchingService, smsMatchingSettings } from '@paymatch/sms-matching-feature';

/** sms-matching as a process of its own, which a test may kill. Argument: the database. Prints `ready`. */
async function main(databaseUrl: string | undefined): Promise<void> {
  if (databaseUrl === undefined) throw new Error('usage: matching-process database-url');
  const bus = await Database.connect({
    url: databaseUrl,
    schema: BUS_SCHEMA,
    migrations: busMigrations,
    poolMax: 5,
    applicationName: 'test',
  });
  await migrate(bus);
  await runServices({
    name: 'sms-matching',
    definitions: [smsMatchingService],
    settings: readConfig(smsMatchingSettings, {}),
    databaseUrl,
    databaseWaitMs: 0,
    migrates: true,
    carrier: new EmbeddedCarrier({ database: bus, logger: silentLogger, topics: Object.values(topics) }),
    logger: silentLogger,
    clock: systemClock,
    host: '127.0.0.1',
    port: 0,
    stopDeadlineMs: 10_000,
    closers: [() => bus.close()],
  });
  process.stdout.write('ready\n');
}

void main(process.argv[2]);
