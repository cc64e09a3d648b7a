import {
  Inject,
  Module,
  type DynamicModule,
  type ModuleMetadata,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import {
  DEVICE_ALERTS,
  DEVICE_ENROLMENTS,
  type DeviceEnrolments,
  DEVICES,
  type Devices,
  WALLETS,
  type Wallets,
} from '@paymatch/gateway-receiving';
import { MERCHANTS, type Merchants } from '@paymatch/gateway-access';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { namedProvider } from '@paymatch/platform-service';
import { DeviceAlertsStore } from './device-alerts.store.js';
import { DeviceAuthentication } from './device-authentication.js';
import { DeviceInbox } from './device-inbox.js';
import { DevicePresenceStore } from './device-presence.store.js';
import { DeviceUploadsStore } from './device-uploads.store.js';
import { DeviceWatch, type DeviceWatchOptions } from './device-watch.js';
import { deviceRoutes } from './device.routes.js';
import { deviceSettings } from './device.settings.js';
import { RefusalLimiter } from './refusal-limiter.js';

export interface DeviceModuleOptions extends Partial<DeviceWatchOptions> {
  /**
   * The gateway's database, connected and migrated with `deviceMigrations`; devices are watched in `accessMigrations`'
   * tables.
   */
  readonly database: Database;
  readonly refusalsPerMinuteMax?: number;
  /** Modules that provide DEVICES, DEVICE_ENROLMENTS, WALLETS and MERCHANTS, unless they are global. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}

const PORTS = Symbol('DevicePorts');

interface Ports {
  readonly options: DeviceModuleOptions;
  readonly bus: MessageBus;
  readonly devices: Devices;
  readonly enrolments: DeviceEnrolments;
  readonly wallets: Wallets;
  readonly merchants: Merchants;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** `POST /api/device/v1/*`: phones and forwarder apps hand over messages. Global: the panel shows the alerts. */
@Module({})
export class DeviceModule implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly uploads: DeviceUploadsStore;

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(PORTS) private readonly ports: Ports,
    @Inject(DEVICE_ALERTS) private readonly watch: DeviceWatch,
  ) {
    const { options } = ports;
    this.uploads = new DeviceUploadsStore(options.database);
  }

  static register(options: DeviceModuleOptions): DynamicModule {
    return {
      module: DeviceModule,
      global: true,
      imports: [...(options.imports ?? [])],
      providers: [
        namedProvider<Omit<Ports, 'options'>>(
          PORTS,
          {
            bus: MESSAGE_BUS,
            devices: DEVICES,
            enrolments: DEVICE_ENROLMENTS,
            wallets: WALLETS,
            merchants: MERCHANTS,
            clock: CLOCK,
            logger: LOGGER,
          },
          (parts): Ports => ({ ...parts, options, logger: parts.logger.with({ part: 'device' }) }),
        ),
        { provide: DEVICE_ALERTS, inject: [PORTS], useFactory: makeWatch },
      ],
      exports: [DEVICE_ALERTS],
    };
  }

  onModuleInit(): void {
    const { uploads, ports, watch } = this;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.register(
      deviceRoutes({
        ...ports,
        authentication: new DeviceAuthentication(ports.devices),
        inbox: new DeviceInbox({ ...ports, uploads, watch }),
        limiter: new RefusalLimiter(ports.options.refusalsPerMinuteMax ?? deviceSettings.refusalsPerMinuteMax.default!),
      }),
    );
  }

  onApplicationBootstrap(): void {
    this.watch.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.watch.stop(), this.uploads.stop()]);
  }
}

function makeWatch(ports: Ports): DeviceWatch {
  const {
    options,
    options: { database },
  } = ports;
  return new DeviceWatch(
    { ...ports, database, presence: new DevicePresenceStore(database), alerts: new DeviceAlertsStore(database) },
    {
      silenceMinutes: options.silenceMinutes ?? deviceSettings.silenceMinutes.default!,
      uploadSilenceMinutes: options.uploadSilenceMinutes ?? deviceSettings.uploadSilenceMinutes.default!,
    },
  );
}
