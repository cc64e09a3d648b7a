import type { INestApplication } from '@nestjs/common';
import type { NestMicroservice } from '@nestjs/microservices';
import { FaultPassThroughFilter } from './fault-pass-through.filter.js';
import type { PaymatchTransport } from './paymatch-transport.js';

/**
 * Connects the transport to an application before `app.startAllMicroservices()`. The only way to do it: handlers are
 * bound after the filter that lets their errors through, which `app.connectMicroservice` alone does the other way
 * round.
 */
export function attachTransport(app: INestApplication, transport: PaymatchTransport): void {
  const microservice = app.connectMicroservice(
    { strategy: transport },
    { inheritAppConfig: false, deferInitialization: true },
  ) as unknown as NestMicroservice;
  microservice.useGlobalFilters(new FaultPassThroughFilter());
  microservice.registerListeners();
  microservice.setIsInitialized(true);
  // The application itself runs the hooks of its modules.
  microservice.setIsInitHookCalled(true);
  transport.markAttached();
}
