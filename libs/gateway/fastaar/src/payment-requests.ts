import { newId, parseMinor, type CreatePayment } from '@paymatch/contracts';
import { chargeOn, mayReturnTo, RETURN_ADDRESS_NOT_ALLOWED, type Caller } from '@paymatch/gateway-access';
import type { FieldErrors } from '@paymatch/gateway-edge';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { readBody } from './body-validation.js';
import { validationError } from './fastaar.errors.js';
import { CreatePaymentDto, RefundPaymentDto } from './payments.dto.js';

const MINUTE_MS = 60_000;

export interface CreateRequest {
  readonly dto: CreatePaymentDto;
  readonly invoiceId: string | null;
  /**
   * Under the later SDKs' name a repeat is a conflict, unless the merchant says otherwise; under the seed's it is the
   * existing payment.
   */
  readonly isRepeatAConflict: boolean;
}

interface Http {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

export function readCreateRequest(
  http: Http,
  rules: { readonly caller: Caller; readonly allowHttpUrls: boolean },
): CreateRequest {
  const dto = readBody(http, CreatePaymentDto);
  const byId = dto.invoice_id ?? null;
  const byNumber = dto.invoice_number ?? null;
  if (byId !== null && byNumber !== null && byId !== byNumber)
    throw validationError({ invoice_number: ['Send either invoice_id or invoice_number, or the same value in both.'] });
  const { livemode, merchant } = rules.caller;
  if (livemode && !rules.allowHttpUrls) checkHttps(dto);
  checkReturn(dto, merchant.returnAddresses);
  const isRepeatAConflict = byId === null && byNumber !== null && merchant.repeatedInvoiceNumber === 'conflict';
  return { dto, invoiceId: byId ?? byNumber, isRepeatAConflict };
}

/** What a refund's body asks for; `null` = all that remains. */
export function readRefundRequest(http: Http): number | null {
  const { amount } = readBody(http, RefundPaymentDto);
  return amount === undefined || amount === null ? null : toMinor(amount);
}

/** One id serves as the payment's and the command's: a repeat of the command can then never meet another payment. */
export function createCommand(
  create: CreateRequest,
  context: { readonly caller: Caller; readonly operationId: string | null; readonly nowMs: number },
): CreatePayment {
  const { dto, invoiceId } = create;
  const { caller, nowMs } = context;
  const id = context.operationId ?? newId();
  const orderMinor = toMinor(dto.amount);
  const charge = chargeOn(orderMinor, caller.merchant.gatewayCharge);
  return {
    type: 'CreatePayment',
    commandId: id,
    paymentId: id,
    merchantId: caller.merchantId,
    livemode: caller.livemode,
    now: new Date(nowMs).toISOString(),
    dialect: 'fastaar',
    source: 'api',
    method: 'wallet',
    amountMinor: orderMinor + (charge?.amountMinor ?? 0),
    currency: 'BDT',
    invoiceId,
    customerId: typeof dto.customer_id === 'number' ? String(dto.customer_id) : null,
    metadata: isMap(dto.metadata) ? dto.metadata : {},
    successUrl: dto.success_url ?? null,
    cancelUrl: dto.cancel_url ?? null,
    callbackUrl: null,
    payer: null,
    exchange: null,
    charge,
    instructions: null,
    expiresAt: new Date(nowMs + caller.merchant.expiryMinutes * MINUTE_MS).toISOString(),
    invoiceIsUsedOnce: false,
  };
}

/** A customer of a live payment must not come back over a connection that anybody can read and change. */
function checkHttps(dto: CreatePaymentDto): void {
  const errors: Record<string, string[]> = {};
  for (const field of ['success_url', 'cancel_url'] as const) {
    const url = dto[field];
    if (url !== undefined && url !== null && !/^https:/i.test(url))
      errors[field] = ['Live payments return customers to https:// addresses only.'];
  }
  if (Object.keys(errors).length > 0) throw validationError(errors satisfies FieldErrors);
}

/** Whoever stole a key must not come to the customers by it. */
function checkReturn(dto: CreatePaymentDto, allowed: readonly string[] | undefined): void {
  const strange = (['success_url', 'cancel_url'] as const).filter((field) => {
    const url = dto[field];
    return url !== undefined && url !== null && !mayReturnTo(allowed, url);
  });
  if (strange.length > 0)
    throw validationError(Object.fromEntries(strange.map((field) => [field, [RETURN_ADDRESS_NOT_ALLOWED]])));
}

function isMap(metadata: CreatePaymentDto['metadata']): metadata is Readonly<Record<string, string>> {
  return typeof metadata === 'object' && metadata !== null && !Array.isArray(metadata);
}

function toMinor(amount: string): number {
  const minor = parseMinor(amount);
  if (minor === undefined) throw new Error(`the amount ${amount} passed its rule and is none`);
  return minor;
}
