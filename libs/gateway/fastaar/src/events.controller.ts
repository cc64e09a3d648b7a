import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  dhakaTime,
  inEnvelope,
  newId,
  topics,
  uuidToUlid,
  type WebhookCommand,
  type WebhookEventName,
  webhookEventNames,
  type WebhookFeedEvent,
} from '@paymatch/contracts';
import { sendAnswer } from '@paymatch/gateway-edge';
import { MESSAGE_BUS, Refusal, type MessageBus } from '@paymatch/platform-messaging';
import { admit, FASTAAR_DESK, type FastaarDesk } from './fastaar-desk.js';
import { notFound, validationError } from './fastaar.errors.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;
type Query = Readonly<Record<string, unknown>>;

const LIMIT = 50;
const LIMIT_MAX = 100;
const REPLY_TIMEOUT_MS = 5_000;

/** Beside contract A: `/api/v1/events`, what webhooks carry, for a shop that was away to catch up by itself. */
@Controller('api/v1/events')
export class EventsController {
  constructor(
    @Inject(FASTAAR_DESK) private readonly desk: FastaarDesk,
    @Inject(MESSAGE_BUS) private readonly bus: MessageBus,
  ) {}

  /** Oldest first; `after` is the id of the last event one has. */
  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply }, 'payments:read');
    const { after, event, limit } = readQuery(request.query as Query);
    // One more than asked for tells whether there are more.
    const found = await this.ask<readonly WebhookFeedEvent[]>(
      { type: 'ListEvents', merchantId, livemode, after, event, limit: limit + 1 },
      { after: ['There is no event with this id.'] },
      request.id,
    );
    const events = found.slice(0, limit);
    const meta = { has_more: found.length > limit, next_after: events.at(-1)?.id ?? after, limit };
    const body = `{"data":[${events.map((event) => renderEvent(event, livemode)).join(',')}],"meta":${JSON.stringify(meta)}}`;
    sendAnswer(reply, { status: 200, body });
  }

  @Get(':id')
  async show(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply }, 'payments:read');
    const event = await this.ask<WebhookFeedEvent>(
      { type: 'GetEvent', merchantId, livemode, eventId: request.params.id },
      null,
      request.id,
    );
    sendAnswer(reply, { status: 200, body: `{"data":${renderEvent(event, livemode)}}` });
  }

  /** An event that is not there is the query's fault where a field named it. */
  private async ask<Reply>(
    command: WebhookCommand,
    errors: Readonly<Record<string, readonly string[]>> | null,
    correlationId: string,
  ): Promise<Reply> {
    try {
      return await this.bus.request<Reply>(
        topics.webhooksCommands.name,
        inEnvelope(command, {
          id: newId(),
          source: 'api-gateway',
          key: command.merchantId,
          time: new Date(this.desk.clock.nowMs()).toISOString(),
          correlationId,
        }),
        { timeoutMs: REPLY_TIMEOUT_MS },
      );
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'EVENT_NOT_FOUND') throw error;
      throw errors === null ? notFound() : validationError(errors);
    }
  }
}

function readQuery(query: Query): {
  readonly after: string | null;
  readonly event: WebhookEventName | null;
  readonly limit: number;
} {
  const errors: Record<string, string[]> = {};
  const { after, type, limit } = query;
  if (after !== undefined && (typeof after !== 'string' || after.length > 100))
    errors['after'] = ['Send the id of an event.'];
  if (type !== undefined && !webhookEventNames.includes(type as WebhookEventName))
    errors['type'] = [`The type must be one of ${webhookEventNames.join(', ')}.`];
  const count =
    limit === undefined ? LIMIT : typeof limit === 'string' && /^[0-9]{1,3}$/.test(limit) ? Number(limit) : 0;
  if (count < 1 || count > LIMIT_MAX) errors['limit'] = [`The limit must be a whole number from 1 to ${LIMIT_MAX}.`];
  if (Object.keys(errors).length > 0) throw validationError(errors);
  return {
    after: (after as string | undefined) ?? null,
    event: (type as WebhookEventName | undefined) ?? null,
    limit: count,
  };
}

/** The very bytes that the webhook carried; of one that is too old to be kept, that it was. */
function renderEvent(
  { id, event, paymentId, sequence, occurredAt, body }: WebhookFeedEvent,
  livemode: boolean,
): string {
  const line = { id, event, livemode, sequence, created_at: dhakaTime(occurredAt), data: null };
  return body ?? JSON.stringify({ ...line, pruned: true, payment_id: uuidToUlid(paymentId) });
}
