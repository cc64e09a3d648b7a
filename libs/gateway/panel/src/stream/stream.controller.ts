import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { RouteMarks } from '@paymatch/gateway-edge';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { admit, PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { PANEL_STREAMS, type PanelStreams } from './panel-streams.js';

/** What changes, for consoles that are open. */
@Controller('api/panel/v1')
export class StreamController {
  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(PANEL_STREAMS) private readonly streams: PanelStreams,
  ) {}

  /** Browsers send no headers of ours with it: merchant and mode stand in the address. */
  @Get('stream')
  @RouteConfig({ isStream: true } satisfies RouteMarks)
  async stream(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    // Fastify answers HEAD with the handler of GET; a stream without a body would never end.
    if (request.method === 'HEAD') reply.type('text/event-stream; charset=utf-8').send();
    else await this.streams.start(caller, reply);
  }
}
