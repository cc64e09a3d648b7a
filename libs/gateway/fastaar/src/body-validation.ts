import type { FastifyReply, FastifyRequest } from 'fastify';
import { readKnownFields, type RequestWithBytes } from '@paymatch/gateway-edge';
import { numberText } from './number-text.js';

const IGNORED_FIELDS_SHOWN_MAX = 20;
const FIELD_NAME_LENGTH_MAX = 40;

/**
 * The body as the DTO; throws `InvalidFields`. Clients of the contract send fields of other generations, and empty
 * texts for what a form left empty: the first are passed over and named in a header, so that a typo can be found; the
 * second were not sent.
 */
export function readBody<Dto extends object>(
  http: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  dtoClass: new () => Dto,
): Dto {
  const { rawBody } = http.request as RequestWithBytes;
  const { dto, ignored } = readKnownFields(http.request, dtoClass, (fields) => {
    forgetEmptyTexts(fields);
    takeAmountAsWritten(fields, rawBody);
  });
  if (ignored.length > 0) http.reply.header('paymatch-ignored-fields', namesOf(ignored));
  return dto;
}

function forgetEmptyTexts(dto: object): void {
  for (const [name, value] of Object.entries(dto)) if (value === '') Object.assign(dto, { [name]: undefined });
}

/** A float has forgotten how it was written: `10.50` and `1e3` are told from `10.5` and `1000` by the bytes alone. */
function takeAmountAsWritten(dto: { amount?: unknown }, rawBody: Buffer | undefined): void {
  if (typeof dto.amount === 'number' && rawBody !== undefined)
    dto.amount = numberText(rawBody.toString('utf8'), 'amount');
}

/** A header is a short line of ASCII; a name may be anything. */
function namesOf(ignored: readonly string[]): string {
  return ignored
    .slice(0, IGNORED_FIELDS_SHOWN_MAX)
    .map((name) => encodeURIComponent(name.slice(0, FIELD_NAME_LENGTH_MAX).replace(/\p{Cs}/gu, '')))
    .join(', ');
}
