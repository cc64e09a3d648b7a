import { newId, uuidToUlid, type PaymentEventData, type PixReceived } from '@paymatch/contracts';
import { Outbox, type Message } from '@paymatch/platform-messaging';
import { silentLogger } from '@paymatch/platform-observability';
import { idOfFacts } from '../evidence-hash.js';
import { PixReceivedHandler } from '../pix/pix-received.handler.js';
import { smsMatchingSchema } from '../sms-matching.migrations.js';
import { CONFIRMATION_WAIT_MS, FakePayment, GRACE_MS, MatchingWorld, merchantId, T0 } from './matching-world.js';

export const cpf = '52998224725';
export const otherCpf = '11144477735';
export const pixKey = 'loja@example.com';

/** Contract B's payments: 1,557.00 BRL. */
export function brazilianPayment(method: 'pix' | 'bank_transfer', parts: Partial<FakePayment['snapshot']> = {}): FakePayment {
  const id = newId();
  const payer = { name: 'Ana Lima de Souza', email: 'ana@example.com', document: cpf, documentType: 'cpf', branch: null } as const;
  return new FakePayment({
    id, dialect: 'smartfastpay', method, amountMinor: 155_700, currency: 'BRL', payer, instructions: method === 'pix' ? { txid: txidOf(id) } : { bankName: 'Banco' }, ...parts,
  });
}

export function txidOf(paymentId: string): string {
  return uuidToUlid(paymentId).slice(1).toUpperCase();
}

/** The fact that a payment was made, as payments publishes it. */
export function creationOf(payment: FakePayment): Message<PaymentEventData> {
  const eventId = newId();
  const data: PaymentEventData = { type: 'payments.payment-created', eventId, details: {}, payment: payment.snapshot };
  return { id: eventId, type: data.type, source: 'test', key: payment.id, time: new Date(T0).toISOString(), dataVersion: 1, correlationId: `c-${eventId}`, causationId: null, data };
}

let transfers = 0;
export function newEndToEndId(): string {
  transfers += 1;
  return `E12345678202608140510${String(transfers).padStart(11, '0')}`;
}

export function pixNotice(parts: Partial<PixReceived> = {}): Message<PixReceived> {
  const said = {
    endToEndId: newEndToEndId(), txid: null, amountMinor: 155_700, pixKey, horario: new Date(T0 - 60_000).toISOString(), payerInfo: null, payer: null, devolucoes: [], ...parts,
  };
  const data: PixReceived = {
    type: 'credits.pix-received', rawId: idOfFacts([said]), merchantId, livemode: true, accountKey: pixKey, arrivedAt: new Date(T0).toISOString(), ...said,
  };
  return { id: data.rawId, type: data.type, source: 'test', key: `${merchantId}:${pixKey}`, time: data.arrivedAt, dataVersion: 1, correlationId: `c-${data.rawId}`, causationId: null, data };
}

/** The world with what banks tell. */
export class BrazilWorld {
  readonly pix: PixReceivedHandler;

  private constructor(readonly world: MatchingWorld) {
    const settings = { unmatchedGraceMs: GRACE_MS, confirmationWaitMs: CONFIRMATION_WAIT_MS };
    const ports = { database: world.database, outbox: new Outbox({ schema: smsMatchingSchema }), logger: silentLogger, settings, onCommitted: () => undefined };
    this.pix = new PixReceivedHandler(ports);
  }

  static async create(): Promise<BrazilWorld> {
    return new BrazilWorld(await MatchingWorld.create());
  }

  takePix(...notices: readonly Message<PixReceived>[]): Promise<void> {
    return this.pix.handle(notices, this.world.nowMs);
  }
}
