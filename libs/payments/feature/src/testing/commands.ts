import {
  newId,
  type ConfirmCredit,
  type CreatePayment,
  type PaymentCommand,
  type PaymentReply,
  type SubmitTrx,
} from '@paymatch/contracts';
import type { PaymentCommandHandler } from '../payment-command.handler.js';
import type { CommandMessage } from '../payment-unit-of-work.js';

const T0 = '2026-06-12T08:30:00.000Z';
const merchantId = newId();

/** A new payment of one merchant, with ids of its own. */
export function aCreation(parts: Partial<CreatePayment> = {}): CreatePayment {
  return {
    type: 'CreatePayment',
    commandId: newId(),
    paymentId: newId(),
    merchantId,
    livemode: true,
    now: T0,
    dialect: 'fastaar',
    source: 'api',
    method: 'wallet',
    amountMinor: 50_000,
    currency: 'BDT',
    invoiceId: null,
    customerId: null,
    metadata: { channel: 'web' },
    successUrl: null,
    cancelUrl: null,
    callbackUrl: null,
    payer: null,
    exchange: null,
    charge: null,
    instructions: null,
    expiresAt: '2026-06-12T09:00:00.000Z',
    invoiceIsUsedOnce: false,
    ...parts,
  };
}

/** A customer's TrxID for one of that merchant's payments. */
export function aSubmission(paymentId: string, parts: Partial<SubmitTrx> = {}): SubmitTrx {
  return {
    type: 'SubmitTrx',
    commandId: newId(),
    paymentId,
    merchantId,
    livemode: true,
    now: T0,
    provider: 'bkash',
    trxId: 'DFC7XOID8Q',
    senderNumber: null,
    walletNumber: '01900000001',
    ...parts,
  };
}

/** The money of that TrxID, found for the payment. */
export function aConfirmation(paymentId: string, parts: Partial<ConfirmCredit> = {}): ConfirmCredit {
  return {
    type: 'ConfirmCredit',
    commandId: newId(),
    paymentId,
    merchantId,
    livemode: true,
    now: T0,
    creditId: newId(),
    claimKey: 'trx:bkash:DFC7XOID8Q',
    amountMinor: 50_000,
    toleranceMinor: 0,
    provider: 'bkash',
    trxId: 'DFC7XOID8Q',
    senderNumber: null,
    walletNumber: '01900000001',
    decidedBy: null,
    ...parts,
  };
}

/** The replies to commands that are given together; the first refusal is thrown. */
export async function repliesTo(
  handler: PaymentCommandHandler,
  commands: readonly PaymentCommand[],
): Promise<PaymentReply[]> {
  const results = await handler.commitBatch(commands.map(messageOf));
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

/** Says that the payment's time is up. */
export function anExpiry(creation: CreatePayment): PaymentCommand {
  return {
    type: 'ExpirePayment',
    commandId: newId(),
    paymentId: creation.paymentId,
    merchantId: creation.merchantId,
    livemode: creation.livemode,
    now: creation.expiresAt,
  };
}

export function messageOf(command: PaymentCommand): CommandMessage {
  return {
    id: command.commandId,
    type: command.type,
    source: 'test',
    key: command.paymentId,
    time: command.now,
    dataVersion: 1,
    correlationId: command.commandId,
    causationId: null,
    data: command,
  };
}
