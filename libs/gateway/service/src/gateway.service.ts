import {
  accessEntities,
  accessMigrations,
  AccessModule,
  accessSettings,
  keptApiRequests,
} from '@paymatch/gateway-access';
import { ApiDocsModule } from '@paymatch/gateway-api-docs';
import { EdgeModule, GatewayEdge, trustedProxiesSetting } from '@paymatch/gateway-edge';
import { CheckoutModule, checkoutSettings } from '@paymatch/gateway-checkout';
import { ConsoleModule } from '@paymatch/gateway-console';
import { deviceApi, deviceMigrations, DeviceModule, deviceSettings, deviceTables } from '@paymatch/gateway-device';
import { fastaarApi, fastaarFace, fastaarMigrations, FastaarModule, fastaarSettings } from '@paymatch/gateway-fastaar';
import { panelApi, panelFace, panelMigrations, PanelModule } from '@paymatch/gateway-panel';
import { peopleMigrations, PeopleModule } from '@paymatch/gateway-people';
import { readModelMigrations, ReadModelsModule } from '@paymatch/gateway-read-models';
import {
  receivingEntities,
  receivingMigrations,
  ReceivingModule,
  receivingSettings,
} from '@paymatch/gateway-receiving';
import {
  smartFastPayApi,
  smartFastPayFaces,
  smartFastPayMigrations,
  SmartFastPayModule,
  smartFastPaySettings,
} from '@paymatch/gateway-smartfastpay';
import { topics } from '@paymatch/contracts';
import { ownSecret, shownSettings } from '@paymatch/platform-config';
import { mailSettings } from '@paymatch/platform-mail';
import type { ServiceDefinition } from '@paymatch/platform-service';
import { AlarmsModule } from './alarms/alarms.module.js';
import { gatewayMigrations } from './gateway.migrations.js';

function settings(isProduction: boolean) {
  return {
    ...fastaarSettings(isProduction ? 'production' : 'development'),
    secret: isProduction ? ownSecret(accessSettings.secret) : accessSettings.secret,
    ...checkoutSettings,
    ...deviceSettings,
    ...receivingSettings,
    ...smartFastPaySettings,
    ...mailSettings,
    trustedProxies: trustedProxiesSetting,
  };
}

/** What a stranger may call; each has a document at `/openapi/{name}.json`. */
export const gatewayApis = [fastaarApi, smartFastPayApi, panelApi, deviceApi];

/** The edge: both contracts' APIs, checkout, devices and panel, to be run alone or beside the other services. */
export const gatewayService: ServiceDefinition<ReturnType<typeof settings>> = {
  name: 'api-gateway',
  schema: 'gateway',
  migrations: [
    ...gatewayMigrations,
    ...accessMigrations,
    ...peopleMigrations,
    ...receivingMigrations,
    ...readModelMigrations,
    ...panelMigrations,
    ...fastaarMigrations,
    ...deviceMigrations,
    ...smartFastPayMigrations,
  ],
  entities: [...accessEntities, ...receivingEntities],
  settings,
  poolMax: 10,
  standingTopic: topics.processesStanding.name,
  sendsCommands: true,
  kept: (values) => [...deviceTables(values), keptApiRequests],
  modules: (database, values) => [
    EdgeModule.register({ database, secret: values.secret }),
    AccessModule.register({ database, secret: values.secret }),
    PeopleModule.register({ ...values, database }),
    ReceivingModule.register({ ...values, database }),
    ReadModelsModule.register({ database }),
    FastaarModule.register(values),
    CheckoutModule.register(values),
    DeviceModule.register({ ...values, database }),
    AlarmsModule.register({ ...values, database }),
    PanelModule.register({
      ...values,
      database,
      shownSettings: shownSettings(settings(process.env.PAYMATCH_PROFILE === 'production'), values),
    }),
    SmartFastPayModule.register(values),
    ApiDocsModule.register(gatewayApis),
    ConsoleModule.register({}),
  ],
  edge: (values, logger) =>
    new GatewayEdge({
      faces: [fastaarFace, panelFace, ...smartFastPayFaces],
      logger,
      trustedProxies: values.trustedProxies,
    }),
};
