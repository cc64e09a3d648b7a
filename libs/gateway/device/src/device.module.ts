import { Inject, Module, type DynamicModule, type ModuleMetadata, type OnApplicationBootstrap, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { DEVICES, MERCHANTS, WALLETS, type Devices, type Merchants, type Wallets } from '@paymatch/gateway-access';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { DeviceAuthentication } from './device-authentication.js';
import { DeviceClearing, type DeviceClearingOptions } from './device-clearing.js';
import { DeviceInbox } from './device-inbox.js';
import { DeviceUploadsStore } from './device-uploads.store.js';
import { deviceRoutes } from './device.routes.js';

export interface DeviceModuleOptions extends Partial<DeviceClearingOptions> {
  /** The gateway's database, connected and migrated with `deviceMigrations`. */
  readonly database: Database;
  /** Modules that provide DEVICES, WALLETS and MERCHANTS, unless they are global. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
}

const DEVICE_OPTIONS = Symbol('DeviceOptions');
const PORTS = Symbol('DevicePorts');

interface Ports { readonly bus: MessageBus; readonly devices: Devices; readonly wallets: Wallets; readonly merchants: Merchants; readonly clock: Clock; readonly logger: Logger }

/** `POST /api/device/v1/*`: phones and forwarder apps hand over messages. */
@Module({})
export class DeviceModule implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  private readonly uploads: DeviceUploadsStore;
  private readonly clearing: DeviceClearing;

  constructor(
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
    @Inject(DEVICE_OPTIONS) options: DeviceModuleOptions,
    @Inject(PORTS) private readonly ports: Ports,
  ) {
    this.uploads = new DeviceUploadsStore(options.database);
    this.clearing = new DeviceClearing({ ...ports, uploads: this.uploads }, { requestsKeptDays: options.requestsKeptDays ?? 7, contentsKeptDays: options.contentsKeptDays ?? 400 });
  }

  static register(options: DeviceModuleOptions): DynamicModule {
    return {
      module: DeviceModule,
      imports: [...(options.imports ?? [])],
      providers: [
        { provide: DEVICE_OPTIONS, useValue: options },
        {
          provide: PORTS,
          inject: [MESSAGE_BUS, DEVICES, WALLETS, MERCHANTS, CLOCK, LOGGER],
          useFactory: (...[bus, devices, wallets, merchants, clock, logger]: readonly [MessageBus, Devices, Wallets, Merchants, Clock, Logger]): Ports => ({ bus, devices, wallets, merchants, clock, logger: logger.with({ part: 'device' }) }),
        },
      ],
    };
  }

  onModuleInit(): void {
    const { uploads, ports } = this;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    fastify.register(deviceRoutes({ uploads, clock: ports.clock, logger: ports.logger, authentication: new DeviceAuthentication(ports.devices), inbox: new DeviceInbox({ ...ports, uploads }) }));
  }

  onApplicationBootstrap(): void {
    this.clearing.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.clearing.stop();
  }
}
