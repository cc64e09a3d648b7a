import { readFields, type RequestWithBytes } from '@paymatch/gateway-access';
import { numberText } from './number-text.js';

/** The body as the DTO; throws `InvalidFields`. */
export function readBody<Dto extends object>(request: RequestWithBytes, dtoClass: new () => Dto): Dto {
  return readFields(request, dtoClass, takeAmountAsWritten);
}

/** A float has forgotten how it was written: `10.50` and `1e3` are told from `10.5` and `1000` by the bytes alone. */
function takeAmountAsWritten(dto: { amount?: unknown }, rawBody: Buffer | undefined): void {
  if (typeof dto.amount === 'number' && rawBody !== undefined)
    dto.amount = numberText(rawBody.toString('utf8'), 'amount');
}
