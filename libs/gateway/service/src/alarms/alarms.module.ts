import {
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
} from '@nestjs/common';
import { CHANGE_NEWS, type ChangeNews } from '@paymatch/gateway-read-models';
import { EXCHANGE_RATES, EXCHANGE_TABLE, type ExchangeRates, type ExchangeTable } from '@paymatch/gateway-receiving';
import { ProcessesStore, type MadeBackup } from '@paymatch/gateway-panel';
import { SupervisedLoop } from '@paymatch/platform-loops';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { namedProvider } from '@paymatch/platform-service';
import { InstallationAlarms } from './installation-alarms.js';
import { ShopAlarms } from './shop-alarms.js';

const LOOPS = Symbol('AlarmLoops');
const PHONES_EVERY_MS = 5_000;
const RATES_EVERY_MS = 600_000;
const INSTALLATION_EVERY_MS = 15_000;
const TEXTS_EVERY_MS = 600_000;

interface AlarmsOptions {
  readonly database: Database;
  readonly exchangeAgeMaxHours: number;
  readonly embeddedBackups?: () => readonly MadeBackup[];
}

interface Parts {
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly rates: ExchangeRates;
  readonly table: ExchangeTable;
  readonly news: ChangeNews;
}

/** Looks for what a shop's people must hear of their phones and rates, and operators of the installation. */
@Module({})
export class AlarmsModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(@Inject(LOOPS) private readonly loops: readonly SupervisedLoop[]) {}

  static register(options: AlarmsOptions): DynamicModule {
    const { database, embeddedBackups } = options;
    const rateAgeMaxMs = options.exchangeAgeMaxHours * 3_600_000;
    return {
      module: AlarmsModule,
      providers: [
        namedProvider<Parts>(
          LOOPS,
          {
            bus: MESSAGE_BUS,
            clock: CLOCK,
            logger: LOGGER,
            rates: EXCHANGE_RATES,
            table: EXCHANGE_TABLE,
            news: CHANGE_NEWS,
          },
          ({ logger, ...parts }) => {
            const alarms = new ShopAlarms({ ...parts, database, rateAgeMaxMs });
            const { bus, clock } = parts;
            const ofInstallation = new InstallationAlarms({
              ...{ database, bus, clock, processes: new ProcessesStore(database) },
              ...(embeddedBackups !== undefined && { embeddedBackups }),
            });
            return [
              new SupervisedLoop({
                name: 'the telling of silent phones',
                logger,
                everyMs: PHONES_EVERY_MS,
                turn: () => alarms.tellOfPhones(),
              }),
              new SupervisedLoop({
                name: 'the look at exchange rates',
                logger,
                everyMs: RATES_EVERY_MS,
                turn: () => alarms.tellOfRates(),
              }),
              new SupervisedLoop({
                name: 'the look at the installation',
                logger,
                everyMs: INSTALLATION_EVERY_MS,
                turn: () => ofInstallation.look(),
              }),
              new SupervisedLoop({
                name: 'the look at unknown texts',
                logger,
                everyMs: TEXTS_EVERY_MS,
                turn: () => ofInstallation.lookAtTexts(),
              }),
            ];
          },
        ),
      ],
    };
  }

  onApplicationBootstrap(): void {
    for (const loop of this.loops) loop.start();
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all(this.loops.map((loop) => loop.stop()));
  }
}
