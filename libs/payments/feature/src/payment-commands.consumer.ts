import {
  isParkingCommand,
  topics,
  type AnyParkedMessage,
  type GetPaymentHistory,
  type ParkingCommand,
  type PaymentCommand,
  type PaymentHistoryReply,
  type PaymentReply,
} from '@paymatch/contracts';
import type { Message, ParkingDesk } from '@paymatch/platform-messaging';
import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { PaymentCommandQueue } from './payment-command.queue.js';
import type { PaymentHistoryReader } from './payment-history.js';
import type { PaymentErasure } from './payment-erasure.js';
import { PAYMENT_COMMAND_QUEUE, PAYMENT_ERASURE, PAYMENT_HISTORY_READER, PAYMENTS_PARKING } from './tokens.js';

/** Commands on `payments.commands`: each is answered after its events are committed. Questions are answered at once. */
@Controller()
export class PaymentCommandsConsumer {
  @Inject(PAYMENTS_PARKING) private readonly parking!: ParkingDesk<AnyParkedMessage>;

  constructor(
    @Inject(PAYMENT_COMMAND_QUEUE) private readonly queue: PaymentCommandQueue,
    @Inject(PAYMENT_HISTORY_READER) private readonly histories: PaymentHistoryReader,
    @Inject(PAYMENT_ERASURE) private readonly erasure: PaymentErasure,
  ) {}

  @MessagePattern({ topic: topics.paymentsCommands.name, group: 'payments.commands' })
  async handle(
    @Payload() message: Message<PaymentCommand | GetPaymentHistory | ParkingCommand>,
  ): Promise<PaymentReply | PaymentHistoryReply | AnyParkedMessage | readonly AnyParkedMessage[]> {
    const { data } = message;
    if (isParkingCommand(data)) return this.parking.handle(data);
    if (data.type === 'GetPaymentHistory') return this.histories.read(data);
    const command = message as Message<PaymentCommand>;
    return data.type === 'ErasePersonalData' ? this.erasure.carryOut(command) : this.queue.send(command);
  }
}
