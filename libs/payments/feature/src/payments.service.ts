import { topics } from '@paymatch/contracts';
import type { ServiceDefinition } from '@paymatch/platform-service';
import { paymentsMigrations, paymentsSchema } from './payments.migrations.js';
import { PaymentsModule } from './payments.module.js';
import { paymentsSettings } from './payments.settings.js';

/** The payments service, to be run alone or beside the others. */
export const paymentsService: ServiceDefinition<typeof paymentsSettings> = {
  name: 'payments',
  schema: paymentsSchema,
  migrations: paymentsMigrations,
  settings: () => paymentsSettings,
  poolMax: 8,
  standingTopic: topics.processesStanding.name,
  modules: (database, settings) => [PaymentsModule.register({ ...settings, database })],
};
