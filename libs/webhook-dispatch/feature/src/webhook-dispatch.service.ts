import { topics } from '@paymatch/contracts';
import { httpUrl, operatorSecret, ownSecret } from '@paymatch/platform-config';
import type { ServiceDefinition } from '@paymatch/platform-service';
import { webhookDispatchMigrations, webhookDispatchSchema } from './webhook-dispatch.migrations.js';
import { WebhookDispatchModule } from './webhook-dispatch.module.js';
import { webhookDispatchSettings } from './webhook-dispatch.settings.js';

function settings(isProduction: boolean) {
  return {
    ...webhookDispatchSettings,
    // On a development machine the shop's server is on that machine.
    allowHttp: { ...webhookDispatchSettings.allowHttp, default: !isProduction },
    allowPrivateTargets: { ...webhookDispatchSettings.allowPrivateTargets, default: !isProduction },
    secret: isProduction ? ownSecret(operatorSecret) : operatorSecret,
    publicUrl: httpUrl({
      env: 'PAYMATCH_PUBLIC_URL',
      doc: 'Where customers reach the gateway; the base of checkout links in webhooks',
    }),
  };
}

/** The webhook service, to be run alone or beside the others. */
export const webhookDispatchService: ServiceDefinition<ReturnType<typeof settings>> = {
  name: 'webhook-dispatch',
  schema: webhookDispatchSchema,
  migrations: webhookDispatchMigrations,
  settings,
  poolMax: 8,
  standingTopic: topics.processesStanding.name,
  modules: (database, values) => [WebhookDispatchModule.register({ ...values, database })],
};
