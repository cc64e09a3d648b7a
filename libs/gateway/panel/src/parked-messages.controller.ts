import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AnyParkedMessage, ParkedMessage, ParkedMessagesPage } from '@paymatch/contracts';
import { dataAnswer, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import { admit, askCredits, notFound, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { NoFieldsDto, WhyDto } from './panel.dto.js';
import { readLimit, readWord } from './panel-query.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

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

  /** Another try, which the service is about to make. */
  @Post(':id/replay')
  async replay(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.decide({ request, reply }, 'replay');
  }

  /** No more tries: what waits behind it goes on. It stays where a person can see it. */
  @Post(':id/discard')
  async discard(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.decide({ request, reply }, 'discard');
  }

  private async decide(
    { request, reply }: { readonly request: IdRequest; readonly reply: FastifyReply },
    decision: 'replay' | 'discard',
  ): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    if (decision === 'discard') readFields(request, WhyDto);
    else readFields(request, NoFieldsDto);
    if (!/^[1-9][0-9]{0,14}$/.test(request.params.id)) throw notFound();
    const { merchantId, livemode } = caller;
    const command = { merchantId, livemode, id: Number(request.params.id), decision };
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const asked = { operationId, correlationId: request.id };
      const message = await askCredits<ParkedMessage>(this.desk, { type: 'DecideParkedMessage', ...command }, asked);
      return dataAnswer(200, renderParked(message));
    });
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
    ...renderWhatWasParked(message),
  };
}

/** What is told of it to whoever it is shown to. */
export function renderWhatWasParked(message: ParkedMessage | AnyParkedMessage): object {
  return {
    sender: message.sender,
    body: message.body,
    arrived_at: message.arrivedAt,
    error: message.error,
    attempts: message.attempts,
    parked_at: message.parkedAt,
    replay_requested: message.isReplayRequested,
  };
}
