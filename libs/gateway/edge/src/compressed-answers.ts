import compress from '@fastify/compress';
import type { FastifyAdapter } from '@nestjs/platform-fastify';

/** Below this, headers and a packet cost more than what is saved. */
const THRESHOLD_BYTES = 1_024;
/** Never `text/event-stream`: a checkout's news must not wait for a full block. */
const COMPRESSED =
  /^(?:application\/(?:[a-z.+-]*\+)?json|application\/javascript|text\/(?:html|css|javascript|csv)|image\/svg\+xml)/;

/** Answers in br or gzip for those who accept them. */
export function compressAnswers(adapter: FastifyAdapter): void {
  void adapter.getInstance().register(compress, {
    global: true,
    threshold: THRESHOLD_BYTES,
    encodings: ['br', 'gzip'],
    customTypes: COMPRESSED,
    // Bodies that come compressed are refused as before: a small one could unpack to anything.
    globalDecompression: false,
    removeContentLengthHeader: true,
  });
}
