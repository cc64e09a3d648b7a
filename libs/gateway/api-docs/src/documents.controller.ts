import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { Problem } from '@paymatch/gateway-edge';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { API_DOCUMENTS, type ApiDocument } from './api-documents.js';

/** Open to anybody, tools on other pages too: a document tells what the sources tell. */
@Controller('openapi')
export class DocumentsController {
  constructor(@Inject(API_DOCUMENTS) private readonly documents: readonly ApiDocument[]) {}

  @Get(':file')
  show(@Req() request: FastifyRequest<{ Params: { file: string } }>, @Res() reply: FastifyReply): void {
    const document = this.documents.find(({ name }) => `${name}.json` === request.params.file);
    if (document === undefined) throw new Problem(404, 'not-found', { detail: 'There is no such document.' });
    reply
      .header('etag', document.etag)
      .header('cache-control', 'no-cache')
      .header('access-control-allow-origin', '*')
      .header('x-content-type-options', 'nosniff');
    if (asksFor(request.headers['if-none-match'], document.etag)) return void reply.status(304).send();
    void reply.type('application/json; charset=utf-8').send(document.text);
  }
}

/**
 * Whether the asker has it (RFC 9110, section 13.1.2: compared weakly, since a proxy that compresses weakens the tag).
 */
function asksFor(header: string | undefined, etag: string): boolean {
  const tags = (header ?? '').split(',').map((tag) => tag.trim().replace(/^W\//, ''));
  return tags.includes(etag) || tags.includes('*');
}
