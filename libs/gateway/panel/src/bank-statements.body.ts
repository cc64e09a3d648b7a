import type { FastifyInstance, FastifyRequest } from 'fastify';
import { routePattern, UnsupportedBody } from '@paymatch/gateway-edge';

export const statementBytesMax = 1_048_576;

/** Read a little further than is taken, so that the answer can say what the limit is. */
const READ_BYTES_MAX = 4 * statementBytesMax;
const PATH = '/api/panel/v1/bank-statements';

const FORMATS = { 'text/csv': 'csv', 'application/x-ofx': 'ofx' } as const;

/** A statement's very bytes: which letters they are is the reader's to find out. */
export class StatementBody {
  constructor(
    readonly format: 'csv' | 'ofx',
    readonly bytes: Buffer,
  ) {}
}

export function isStatementBody(body: unknown): body is StatementBody {
  return body instanceof StatementBody;
}

/** Lets the statements' addresses, and no others, take files as banks write them. */
export function takeStatementBodies(fastify: FastifyInstance): void {
  for (const [contentType, format] of Object.entries(FORMATS)) {
    fastify.addContentTypeParser(
      contentType,
      { parseAs: 'buffer', bodyLimit: READ_BYTES_MAX },
      (request: FastifyRequest, body: Buffer, done) => {
        if (!routePattern(request)?.startsWith(PATH))
          return done(new UnsupportedBody('files are taken as statements only'));
        (request as { rawBody?: Buffer }).rawBody = body;
        done(null, new StatementBody(format, body));
      },
    );
  }
}
