import { Controller, Options, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * A browser asks before it sends a key. Any origin may ask, since the question carries no key: the request itself is
 * refused when the merchant has not listed its origin, and only an allowed origin gets to read an answer.
 */
@Controller('api/v1')
export class PreflightController {
  @Options('*')
  answer(@Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    void reply
      .header('access-control-allow-origin', request.headers.origin ?? '*')
      .header('vary', 'Origin')
      .header('access-control-allow-methods', 'GET, POST, PATCH')
      .header('access-control-allow-headers', 'Authorization, Content-Type, Idempotency-Key, X-Request-Id')
      .header('access-control-max-age', '600')
      .status(204)
      .send();
  }
}
