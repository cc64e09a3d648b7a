import { topics, type MessageReceived } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CreditsReceivedHandler } from './credits-received.handler.js';
import { CREDITS_RECEIVED_HANDLER } from './tokens.js';

@Controller()
export class CreditsReceivedConsumer {
  constructor(@Inject(CREDITS_RECEIVED_HANDLER) private readonly handler: CreditsReceivedHandler, @Inject(CLOCK) private readonly clock: Clock) {}

  @EventPattern({ topic: topics.creditsReceived.name, group: 'sms-matching.credits' }, { batchSizeMax: 200, from: 'beginning' })
  handle(@Payload() messages: readonly Message<MessageReceived>[]): Promise<void> {
    return this.handler.handle(messages, this.clock.nowMs());
  }
}
