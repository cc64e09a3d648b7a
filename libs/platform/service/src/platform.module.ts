import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, type Clock, type Logger } from '@paymatch/platform-observability';

export interface PlatformParts {
  readonly bus: MessageBus;
  readonly logger: Logger;
  readonly clock: Clock;
}

@Global()
@Module({})
class PlatformModule {}

@Module({})
class ServiceRoot {}

/** The root module of a process: what every feature may inject (bus, logger, clock) and the features themselves. */
export function serviceRoot(parts: PlatformParts, features: readonly (DynamicModule | Type)[]): DynamicModule {
  const providers = [
    { provide: MESSAGE_BUS, useValue: parts.bus },
    { provide: LOGGER, useValue: parts.logger },
    { provide: CLOCK, useValue: parts.clock },
  ];
  const platform: DynamicModule = {
    module: PlatformModule,
    global: true,
    providers,
    exports: providers.map(({ provide }) => provide),
  };
  return { module: ServiceRoot, imports: [platform, ...features] };
}
