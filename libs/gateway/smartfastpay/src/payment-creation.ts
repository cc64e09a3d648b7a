import {
  idTimeMs,
  newId,
  orderedMinor,
  type CreatePayment,
  type ExchangeDetails,
  type PaymentReply,
  type PaymentSnapshot,
} from '@paymatch/contracts';
import { chargeOn, type Caller, type SubscriptionGate } from '@paymatch/gateway-access';
import { SubscriptionRefused } from '@paymatch/gateway-edge';
import type { PaymentReadModel, PaymentsClient, PaymentSearch } from '@paymatch/gateway-read-models';
import type { Clock } from '@paymatch/platform-observability';
import {
  convertMinor,
  encodeBrCode,
  type ExchangeRates,
  ExchangeUnavailable,
  pixTxid,
  type ReceivingAccounts,
} from '@paymatch/gateway-receiving';
import type { PaymentRequest } from './requests/payment-request.js';
import { invalidFields, SmartFastPayError } from './smartfastpay.error.js';

export interface PaymentCreationPorts {
  readonly payments: PaymentsClient;
  readonly search: PaymentSearch;
  readonly rates: ExchangeRates;
  readonly accounts: ReceivingAccounts;
  readonly subscriptions: SubscriptionGate;
  readonly createdSince: PaymentReadModel['createdSince'];
  readonly clock: Clock;
}

export interface PaymentCreationOptions {
  readonly pixExpiryMinutes: number;
  readonly bankTransferExpiryMinutes: number;
}

/** The most that fits the amount of a BR Code (13 characters), and more than a bank moves in one go. */
const TOTAL_MAX_MINOR = 999_999_999_999;
const MINUTE_MS = 60_000;

type Created = { readonly payment: PaymentSnapshot; readonly isNew: boolean };
type Place = { readonly id: string; readonly totalMinor: number };

/** `POST /payment` behind its checks. */
export class PaymentCreation {
  constructor(
    private readonly ports: PaymentCreationPorts,
    private readonly options: PaymentCreationOptions,
  ) {}

  /**
   * The payment of this `transaction.id`: a new one, or the one there is if it was asked for alike. Throws 409 if not.
   */
  async create(
    request: PaymentRequest,
    context: { readonly caller: Caller; readonly correlationId: string },
  ): Promise<Created> {
    const { caller, correlationId } = context;
    let command: CreatePayment;
    try {
      const { merchantId, livemode } = caller;
      await this.ports.subscriptions.admitPayment(caller, (since) =>
        this.ports.createdSince({ merchantId, livemode, since }),
      );
      command = await this.command(request, caller);
    } catch (error) {
      const isAnswered = [ExchangeUnavailable, SmartFastPayError, SubscriptionRefused].some(
        (kind) => error instanceof kind,
      );
      if (!isAnswered) throw error;
      // A payment made while there was a rate, an account and a subscription stays the answer to its request.
      const existing = await this.find(caller, request.transactionId);
      if (existing === null) throw error;
      return { payment: sameOrConflict(existing, request), isNew: false };
    }
    const reply: PaymentReply = await this.ports.payments.send(command, { correlationId });
    if (reply.outcome !== 'existing') return { payment: reply.payment, isNew: true };
    return { payment: sameOrConflict(reply.payment, request), isNew: false };
  }

  private async find(caller: Caller, transactionId: string): Promise<PaymentSnapshot | null> {
    const {
      payments: [payment],
    } = await this.ports.search.search({
      merchantId: caller.merchantId,
      livemode: caller.livemode,
      invoiceIds: [transactionId],
      standings: null,
      customerId: null,
      createdFrom: null,
      createdTo: null,
      sort: { by: 'created' },
      direction: 'desc',
      perPage: 1,
      page: 1,
      nowMs: this.ports.clock.nowMs(),
    });
    return payment ?? null;
  }

  private async command(request: PaymentRequest, caller: Caller): Promise<CreatePayment> {
    const exchange = request.currency === 'BRL' ? null : await this.exchange(request, caller);
    const orderMinor = exchange === null ? request.amountMinor : convertMinor(request.amountMinor, exchange.rate);
    const charge = chargeOn(orderMinor, caller.merchant.gatewayCharge);
    const totalMinor = orderMinor + (charge?.amountMinor ?? 0);
    if (orderMinor < 1 || totalMinor > TOTAL_MAX_MINOR)
      throw invalidFields([{ field: 'amount', message: 'The amount is too large or too small to be paid in BRL.' }]);
    const id = newId(this.ports.clock.nowMs());
    // The id's own time: lists take the order of ids for the order of creation, and a moment for a place in it.
    const nowMs = idTimeMs(id);
    const expiryMinutes =
      request.method === 'pix'
        ? (caller.merchant.pixExpiryMinutes ?? this.options.pixExpiryMinutes)
        : (caller.merchant.bankTransferExpiryMinutes ?? this.options.bankTransferExpiryMinutes);
    const instructions =
      request.method === 'pix'
        ? await this.pixInstructions(caller, { id, totalMinor })
        : await this.bankInstructions(caller);
    return {
      type: 'CreatePayment',
      commandId: id,
      paymentId: id,
      merchantId: caller.merchantId,
      livemode: caller.livemode,
      now: new Date(nowMs).toISOString(),
      dialect: 'smartfastpay',
      source: 'api',
      method: request.method,
      amountMinor: totalMinor,
      currency: 'BRL',
      invoiceId: request.transactionId,
      customerId: request.customerId,
      metadata: {},
      successUrl: null,
      cancelUrl: null,
      callbackUrl: request.callbackUrl,
      payer: request.payer,
      exchange,
      charge,
      instructions,
      expiresAt: new Date(nowMs + expiryMinutes * MINUTE_MS).toISOString(),
      invoiceIsUsedOnce: true,
    };
  }

  private async exchange(request: PaymentRequest, caller: Caller): Promise<ExchangeDetails> {
    const { rate, baseCurrency, source, quotedAt } = await this.ports.rates.quote(request.currency, caller.merchantId);
    return { rate, baseCurrency, baseAmountMinor: request.amountMinor, source, quotedAt };
  }

  private async pixInstructions(caller: Caller, place: Place): Promise<Readonly<Record<string, string>>> {
    const account = await this.ports.accounts.pix(caller);
    if (account === null) throw noAccount('This merchant has no Pix key yet; set one first.');
    const { pixKey, beneficiary, city } = account;
    const txid = pixTxid(place.id);
    return {
      brCode: encodeBrCode({
        pixKey,
        merchantName: beneficiary,
        merchantCity: city,
        amountMinor: place.totalMinor,
        txid,
      }),
      txid,
      pixKey,
      beneficiary,
    };
  }

  private async bankInstructions(caller: Caller): Promise<Readonly<Record<string, string>>> {
    const account = await this.ports.accounts.bank(caller);
    if (account === null) throw noAccount('This merchant has no bank account yet; set one first.');
    const { name, code, agency, account: number, accountOperation, document, beneficiary } = account;
    return { bankName: name, bankCode: code, agency, account: number, accountOperation, document, beneficiary };
  }
}

function noAccount(message: string): SmartFastPayError {
  return invalidFields([{ field: 'payment_method', message }]);
}

/** The rate may have moved since: what was asked for is compared, not what it came to. */
function sameOrConflict(payment: PaymentSnapshot, request: PaymentRequest): PaymentSnapshot {
  const { payer, exchange } = payment;
  const isSame =
    payment.method === request.method &&
    payment.customerId === request.customerId &&
    payment.callbackUrl === request.callbackUrl &&
    (exchange?.baseAmountMinor ?? orderedMinor(payment)) === request.amountMinor &&
    (exchange?.baseCurrency ?? payment.currency) === request.currency &&
    payer?.name === request.payer.name &&
    payer.email === request.payer.email &&
    payer.document === request.payer.document &&
    payer.documentType === request.payer.documentType &&
    payer.branch === request.payer.branch;
  if (isSame) return payment;
  throw new SmartFastPayError(409, 'conflict', {
    message: 'There is another payment with this transaction.id already.',
    details: [
      { field: 'transaction.id', message: 'Used for a payment with other content; take a new id for a new payment.' },
    ],
  });
}
