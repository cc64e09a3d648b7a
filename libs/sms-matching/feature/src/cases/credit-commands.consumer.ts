import { topics, type CreditCommand, type CreditReply, type StatementCommand } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { StatementsHandler } from '../bank/statements.handler.js';
import type { CreditCommandsHandler } from './credit-commands.handler.js';
import { CREDIT_COMMANDS_HANDLER, STATEMENTS_HANDLER } from '../tokens.js';

@Controller()
export class CreditCommandsConsumer {
  constructor(
    @Inject(CREDIT_COMMANDS_HANDLER) private readonly handler: CreditCommandsHandler,
    @Inject(STATEMENTS_HANDLER) private readonly statements: StatementsHandler,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @MessagePattern({ topic: topics.creditsCommands.name, group: 'sms-matching.credit-commands' })
  handle(@Payload() message: Message<CreditCommand>): Promise<CreditReply> {
    const nowMs = this.clock.nowMs();
    return isStatement(message) ? this.statements.handle(message, nowMs) : this.handler.handle(message, nowMs);
  }
}

function isStatement(message: Message<CreditCommand>): message is Message<StatementCommand> {
  return message.data.type === 'PreviewStatement' || message.data.type === 'ImportStatement';
}
