import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { topics, type ProcessStanding } from '@paymatch/contracts';
import { ContractError, type Message } from '@paymatch/platform-messaging';
import { PROCESSES, type ProcessesStore } from './processes.store.js';

/** Takes what processes say of themselves. */
@Controller()
export class ProcessesConsumer {
  constructor(@Inject(PROCESSES) private readonly processes: ProcessesStore) {}

  @EventPattern(
    { topic: topics.processesStanding.name, group: 'api-gateway.processes' },
    { batchSizeMax: 100, from: 'end' },
  )
  async handle(@Payload() messages: readonly Message<ProcessStanding>[]): Promise<void> {
    for (const { id, data } of messages)
      if (typeof data?.instance !== 'string' || Number.isNaN(Date.parse(data.at)) || !Array.isArray(data.services))
        throw new ContractError(`message ${id} on ${topics.processesStanding.name} tells of no process`);
    await this.processes.keep(messages.map(({ data }) => data));
  }
}
