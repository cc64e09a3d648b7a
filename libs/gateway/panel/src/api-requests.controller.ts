import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_REQUESTS, type ApiRequests, type ListedApiRequest } from '@paymatch/gateway-access';
import { sendAnswer } from '@paymatch/gateway-edge';
import { admit, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { readId, readLimit, readWord } from './panel-query.js';

/** Which answers each word means. */
const statuses = { ok: [100, 399], error: [400, 599] } as const;
export const requestStatuses = Object.keys(statuses) as readonly (keyof typeof statuses)[];

/** What the merchant's keys were answered lately in this mode. */
@Controller('api/panel/v1/requests')
export class ApiRequestsController {
  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(API_REQUESTS) private readonly requests: ApiRequests,
  ) {}

  /** Newest first. */
  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    const query = request.query as Readonly<Record<string, unknown>>;
    const limit = readLimit(query['limit']);
    const status = readWord(query, 'status', requestStatuses);
    const [from, to] = status === null ? [100, 599] : statuses[status];
    const after = readId(query, 'after');
    const found = await this.requests.list({ merchantId, livemode, from, to, after, limit: limit + 1 });
    const data = found.slice(0, limit);
    const next = found.length > limit ? (data.at(-1)?.id ?? null) : null;
    sendAnswer(reply, { status: 200, body: JSON.stringify({ data: data.map(render), next }) });
  }
}

function render({ id, at, requestId, keyId, keyName, method, path, status, ...rest }: ListedApiRequest): object {
  return {
    ...{ id, request_id: requestId, at: at.toISOString(), key: { id: keyId, name: keyName }, method, path, status },
    error_code: rest.errorCode,
    duration_ms: rest.durationMs,
  };
}
