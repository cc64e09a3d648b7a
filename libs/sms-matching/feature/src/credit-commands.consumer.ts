import { topics, type CreditCommand, type CreditReply } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { CreditCommandsHandler } from './credit-commands.handler.js';
import { CREDIT_COMMANDS_HANDLER } from './tokens.js';

@Controller()
export class CreditCommandsConsumer {
  constructor(@Inject(CREDIT_COMMANDS_HANDLER) private readonly handler: CreditCommandsHandler, @Inject(CLOCK) private readonly clock: Clock) {}

  @MessagePattern({ topic: topics.creditsCommands.name, group: 'sms-matching.credit-commands' })
  handle(@Payload() message: Message<CreditCommand>): Promise<CreditReply> {
    return this.handler.handle(message, this.clock.nowMs());
  }
}
