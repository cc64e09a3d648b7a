import { Global, Module, type DynamicModule, type Type } from '@nestjs/common';
import { MESSAGE_BUS, type MessageBus } from '@paymatch/platform-messaging';
import {
  CLOCK,
  LOGGER,
  METRICS,
  READINESS,
  TRACING,
  type Clock,
  type Logger,
  type Metrics,
  type Readiness,
  type Tracing,
} from '@paymatch/platform-observability';

export interface PlatformParts {
  readonly bus: MessageBus;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly readiness: Readiness;
  readonly tracing: Tracing;
}

@Global()
@Module({})
class PlatformModule {}

@Module({})
class ServiceRoot {}

/**
 * The root module of a process: what every feature may inject (bus, logger, clock, figures, readiness, traces) and the
 * features themselves.
 */
export function serviceRoot(parts: PlatformParts, features: readonly (DynamicModule | Type)[]): DynamicModule {
  const providers = [
    { provide: MESSAGE_BUS, useValue: parts.bus },
    { provide: LOGGER, useValue: parts.logger },
    { provide: CLOCK, useValue: parts.clock },
    { provide: METRICS, useValue: parts.metrics },
    { provide: READINESS, useValue: parts.readiness },
    { provide: TRACING, useValue: parts.tracing },
  ];
  const platform: DynamicModule = {
    module: PlatformModule,
    global: true,
    providers,
    exports: providers.map(({ provide }) => provide),
  };
  return { module: ServiceRoot, imports: [platform, ...features] };
}
