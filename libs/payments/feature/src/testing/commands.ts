import { newId, type CreatePayment, type PaymentCommand } from '@paymatch/contracts';
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
