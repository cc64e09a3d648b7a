import { topics } from '@paymatch/contracts';
import type { ServiceDefinition } from '@paymatch/platform-service';
import { keptMessages } from './messages/kept-messages.js';
import { smsMatchingEntities, smsMatchingMigrations } from './schema/sms-matching.migrations.js';
import { SmsMatchingModule } from './sms-matching.module.js';
import { smsMatchingSettings } from './sms-matching.settings.js';

/** The SMS matching service, to be run alone or beside the others. */
export const smsMatchingService: ServiceDefinition<typeof smsMatchingSettings> = {
  name: 'sms-matching',
  schema: 'sms_matching',
  migrations: smsMatchingMigrations,
  entities: smsMatchingEntities,
  settings: () => smsMatchingSettings,
  poolMax: 8,
  standingTopic: topics.processesStanding.name,
  kept: keptMessages,
  modules: (database, settings) => [SmsMatchingModule.register({ ...settings, database })],
};
