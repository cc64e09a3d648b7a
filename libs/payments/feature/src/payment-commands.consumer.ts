import {
  topics,
  type GetPaymentHistory,
  type PaymentCommand,
  type PaymentHistoryReply,
  type PaymentReply,
} from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { PaymentCommandQueue } from './payment-command.queue.js';
import type { PaymentHistoryReader } from './payment-history.js';
import type { PaymentErasure } from './payment-erasure.js';
import { PAYMENT_COMMAND_QUEUE, PAYMENT_ERASURE, PAYMENT_HISTORY_READER } from './tokens.js';

/** Commands on `payments.commands`: each is answered after its events are committed. Questions are answered at once. */
@Controller()
export class PaymentCommandsConsumer {
  constructor(
    @Inject(PAYMENT_COMMAND_QUEUE) private readonly queue: PaymentCommandQueue,
    @Inject(PAYMENT_HISTORY_READER) private readonly histories: PaymentHistoryReader,
    @Inject(PAYMENT_ERASURE) private readonly erasure: PaymentErasure,
  ) {}

  @MessagePattern({ topic: topics.paymentsCommands.name, group: 'payments.commands' })
  handle(@Payload() message: Message<PaymentCommand | GetPaymentHistory>): Promise<PaymentReply | PaymentHistoryReply> {
    if (!isCommand(message)) return this.histories.read((message as Message<GetPaymentHistory>).data);
    return message.data.type === 'ErasePersonalData' ? this.erasure.carryOut(message) : this.queue.send(message);
  }
}

function isCommand(message: Message<PaymentCommand | GetPaymentHistory>): message is Message<PaymentCommand> {
  return message.data.type !== 'GetPaymentHistory';
}
