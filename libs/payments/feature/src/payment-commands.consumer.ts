import { topics, type PaymentCommand, type PaymentReply } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { PaymentCommandQueue } from './payment-command.queue.js';
import { PAYMENT_COMMAND_QUEUE } from './tokens.js';

/** Commands on `payments.commands`: each is answered after its events are committed. */
@Controller()
export class PaymentCommandsConsumer {
  constructor(@Inject(PAYMENT_COMMAND_QUEUE) private readonly queue: PaymentCommandQueue) {}

  @MessagePattern({ topic: topics.paymentsCommands.name, group: 'payments.commands' })
  handle(@Payload() message: Message<PaymentCommand>): Promise<PaymentReply> {
    return this.queue.send(message);
  }
}
