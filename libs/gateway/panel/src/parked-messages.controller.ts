import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ParkedMessage, ParkedMessagesPage } from '@paymatch/contracts';
import { sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import { admit, askCredits, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { readLimit, readWord } from './panel-query.js';

/** Messages about money that could not be taken, so that no payment and no case shows them yet. */
@Controller('api/panel/v1/parked-messages')
export class ParkedMessagesController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    const query = request.query as Record<string, unknown>;
    const { messages, count, isCountExact } = await askCredits<ParkedMessagesPage>(
      this.desk,
      {
        type: 'ListParkedMessages',
        merchantId,
        livemode,
        status: readWord(query, 'status', ['parked', 'discarded']) ?? 'parked',
        limit: readLimit(query['limit']),
        before: readBefore(query['before']),
      },
      { correlationId: request.id },
    );
    const body = { data: messages.map(renderParked), meta: { count, count_is_exact: isCountExact } };
    sendAnswer(reply, { status: 200, body: JSON.stringify(body) });
  }
}

function readBefore(text: unknown): number | null {
  if (text === undefined) return null;
  if (typeof text !== 'string' || !/^[1-9][0-9]{0,14}$/.test(text))
    throw validationProblem({ before: ['Send the id of the last message you have.'] });
  return Number(text);
}

function renderParked(message: ParkedMessage): object {
  return {
    id: String(message.id),
    kind: message.kind,
    status: message.status,
    raw_id: message.rawId,
    device_id: message.deviceId,
    sender: message.sender,
    body: message.body,
    arrived_at: message.arrivedAt,
    error: message.error,
    attempts: message.attempts,
    parked_at: message.parkedAt,
    replay_requested: message.isReplayRequested,
  };
}
