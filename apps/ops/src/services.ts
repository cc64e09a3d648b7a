import { gatewayService } from '@paymatch/gateway-service';
import { paymentsService } from '@paymatch/payments-feature';
import type { ServiceDefinition } from '@paymatch/platform-service';
import { smsMatchingService } from '@paymatch/sms-matching-feature';
import { webhookDispatchService } from '@paymatch/webhook-dispatch-feature';
import { UsageError } from './ops-command.js';

/** Every service that owns a schema. */
export const services: readonly ServiceDefinition[] = [
  paymentsService,
  smsMatchingService,
  webhookDispatchService,
  gatewayService,
] as unknown as readonly ServiceDefinition[];

export function findService(name: string): ServiceDefinition {
  const service = services.find((candidate) => candidate.name === name || candidate.schema === name);
  if (!service)
    throw new UsageError(`no service ${name}; there are ${services.map((candidate) => candidate.name).join(', ')}`);
  return service;
}
