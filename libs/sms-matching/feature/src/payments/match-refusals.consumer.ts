import { topics, type MatchRefused } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import { CLOCK, type Clock } from '@paymatch/platform-observability';
import { Controller, Inject } from '@nestjs/common';
import { EventPattern, Payload } from '@nestjs/microservices';
import { MATCH_REFUSALS_HANDLER } from '../tokens.js';
import type { MatchRefusalsHandler } from './match-refusals.handler.js';

@Controller()
export class MatchRefusalsConsumer {
  constructor(
    @Inject(MATCH_REFUSALS_HANDLER) private readonly handler: MatchRefusalsHandler,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @EventPattern(
    { topic: topics.paymentsRefusals.name, group: 'sms-matching.refusals' },
    { batchSizeMax: 200, from: 'beginning' },
  )
  handle(@Payload() messages: readonly Message<MatchRefused>[]): Promise<void> {
    return this.handler.handle(messages, this.clock.nowMs());
  }
}
