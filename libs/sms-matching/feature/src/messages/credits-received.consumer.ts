import { topics, type MessageReceived, type PixReceived } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CreditsReceivedHandler } from './credits-received.handler.js';
import type { PixReceivedHandler } from '../pix/pix-received.handler.js';
import { CREDITS_RECEIVED_HANDLER, PIX_RECEIVED_HANDLER } from '../tokens.js';

@Controller()
export class CreditsReceivedConsumer {
  constructor(
    @Inject(CREDITS_RECEIVED_HANDLER) private readonly messages: CreditsReceivedHandler,
    @Inject(PIX_RECEIVED_HANDLER) private readonly pix: PixReceivedHandler,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @EventPattern(
    { topic: topics.creditsReceived.name, group: 'sms-matching.credits' },
    // Phones bring messages in any order, so a message that cannot be read must not hold up the rest of its wallet.
    { batchSizeMax: 200, from: 'beginning', isOrdered: false },
  )
  async handle(@Payload() received: readonly Message<MessageReceived | PixReceived>[]): Promise<void> {
    const nowMs = this.clock.nowMs();
    const pix = received.filter(isPix);
    const messages = received.filter((message): message is Message<MessageReceived> => !isPix(message));
    if (pix.length > 0) await this.pix.handle(pix, nowMs);
    if (messages.length > 0) await this.messages.handle(messages, nowMs);
  }
}

function isPix(message: Message<MessageReceived | PixReceived>): message is Message<PixReceived> {
  return (message.data as Partial<PixReceived> | null)?.type === 'credits.pix-received';
}
