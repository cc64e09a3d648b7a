import {
  isParkingCommand,
  topics,
  type AnyParkedMessage,
  type ParkingCommand,
  type WebhookCommand,
} from '@paymatch/contracts';
import type { Message, ParkingDesk } from '@paymatch/platform-messaging';
import { Controller, Inject } from '@nestjs/common';
import { MessagePattern, Payload } from '@nestjs/microservices';
import type { DeliveryDispatcher } from './deliveries/delivery.dispatcher.js';
import { handleWebhookCommand } from './endpoints/webhook-command.handler.js';
import {
  WEBHOOK_CONTEXT,
  WEBHOOK_DISPATCHER,
  WEBHOOK_PARKING,
  WEBHOOK_WORKERS,
  type WebhookContext,
} from './tokens.js';
import type { WebhookWorkers } from './webhook-workers.js';

/** Commands on `webhooks.commands`: what merchants and operators do with endpoints and deliveries. */
@Controller()
export class WebhookCommandsConsumer {
  @Inject(WEBHOOK_PARKING) private readonly parking!: ParkingDesk<AnyParkedMessage>;

  constructor(
    @Inject(WEBHOOK_CONTEXT) private readonly context: WebhookContext,
    @Inject(WEBHOOK_DISPATCHER) private readonly dispatcher: DeliveryDispatcher,
    @Inject(WEBHOOK_WORKERS) private readonly workers: WebhookWorkers,
  ) {}

  @MessagePattern({ topic: topics.webhooksCommands.name, group: 'webhook-dispatch.commands' })
  async handle(@Payload() message: Message<WebhookCommand | ParkingCommand>): Promise<unknown> {
    const { data } = message;
    if (isParkingCommand(data)) return this.parking.handle(data);
    // Our own clock, not the sender's `now`: due times are compared with it.
    const { clock } = this.context;
    const reply = await handleWebhookCommand(data, {
      ...this.context,
      messageId: message.id,
      nowMs: clock.nowMs(),
    });
    this.dispatcher.nudge();
    if (data.type === 'SendTestEvent') this.workers.sendTestEvents();
    return reply;
  }
}
