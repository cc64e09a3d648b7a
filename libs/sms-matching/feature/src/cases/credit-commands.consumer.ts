import {
  isParkingCommand,
  topics,
  type AnyParkedMessage,
  type CreditCommand,
  type CreditReply,
  type ParkingCommand,
  type StatementCommand,
} from '@paymatch/contracts';
import type { Message, ParkingDesk } from '@paymatch/platform-messaging';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { StatementsHandler } from '../bank/statements.handler.js';
import type { CreditCommandsHandler } from './credit-commands.handler.js';
import { CREDIT_COMMANDS_HANDLER, SMS_MATCHING_PARKING, STATEMENTS_HANDLER } from '../tokens.js';

@Controller()
export class CreditCommandsConsumer {
  @Inject(SMS_MATCHING_PARKING) private readonly parking!: ParkingDesk<AnyParkedMessage>;

  constructor(
    @Inject(CREDIT_COMMANDS_HANDLER) private readonly handler: CreditCommandsHandler,
    @Inject(STATEMENTS_HANDLER) private readonly statements: StatementsHandler,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @MessagePattern({ topic: topics.creditsCommands.name, group: 'sms-matching.credit-commands' })
  async handle(
    @Payload() message: Message<CreditCommand | ParkingCommand>,
  ): Promise<CreditReply | AnyParkedMessage | readonly AnyParkedMessage[]> {
    const { data } = message;
    if (isParkingCommand(data)) return this.parking.handle(data);
    const nowMs = this.clock.nowMs();
    const command = message as Message<CreditCommand>;
    return isStatement(command) ? this.statements.handle(command, nowMs) : this.handler.handle(command, nowMs);
  }
}

function isStatement(message: Message<CreditCommand>): message is Message<StatementCommand> {
  return message.data.type === 'PreviewStatement' || message.data.type === 'ImportStatement';
}
