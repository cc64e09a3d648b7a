import {
  newId,
  uuidToUlid,
  type MessageReceived,
  type PaymentEventData,
  type PixReceived,
  type StatementCommand,
  type StatementReading,
  type WalletRef,
} from '@paymatch/contracts';
import { Outbox, type Message } from '@paymatch/platform-messaging';
import { silentLogger } from '@paymatch/platform-observability';
import { allTemplates, buildRegistry, type Template } from '@paymatch/sms-matching-domain';
import type { Database } from '@paymatch/platform-postgres';
import { StatementsHandler } from '../bank/statements.handler.js';
import { CreditsReceivedHandler } from '../messages/credits-received.handler.js';
import { idOfFacts } from '../messages/evidence-hash.js';
import { PixReceivedHandler } from '../pix/pix-received.handler.js';
import { smsMatchingSchema } from '../schema/sms-matching.migrations.js';
import {
  CONFIRMATION_WAIT_MS,
  FakePayment,
  GRACE_MS,
  MatchingWorld,
  merchantId,
  received,
  T0,
} from './matching-world.js';

export const cpf = '52998224725';
export const otherCpf = '11144477735';
export const pixKey = 'loja@example.com';

/** Contract B's payments: 1,557.00 BRL. */
export function brazilianPayment(
  method: 'pix' | 'bank_transfer',
  parts: Partial<FakePayment['snapshot']> = {},
): FakePayment {
  const id = newId();
  const payer = {
    name: 'Ana Lima de Souza',
    email: 'ana@example.com',
    document: cpf,
    documentType: 'cpf',
    branch: null,
  } as const;
  return new FakePayment({
    id,
    dialect: 'smartfastpay',
    method,
    amountMinor: 155_700,
    currency: 'BRL',
    payer,
    instructions: method === 'pix' ? { txid: txidOf(id) } : { bankName: 'Banco' },
    ...parts,
  });
}

export function txidOf(paymentId: string): string {
  return uuidToUlid(paymentId).slice(1).toUpperCase();
}

/** The fact that a payment was made, as payments publishes it. */
export function creationOf(payment: FakePayment): Message<PaymentEventData> {
  const eventId = newId();
  const data: PaymentEventData = { type: 'payments.payment-created', eventId, details: {}, payment: payment.snapshot };
  return {
    id: eventId,
    type: data.type,
    source: 'test',
    key: payment.id,
    time: new Date(T0).toISOString(),
    dataVersion: 1,
    correlationId: `c-${eventId}`,
    causationId: null,
    data,
  };
}

let transfers = 0;
export function newEndToEndId(): string {
  transfers += 1;
  return `E12345678202608140510${String(transfers).padStart(11, '0')}`;
}

export function pixNotice(parts: Partial<PixReceived> = {}): Message<PixReceived> {
  const said = {
    endToEndId: newEndToEndId(),
    txid: null,
    amountMinor: 155_700,
    pixKey,
    horario: new Date(T0 - 60_000).toISOString(),
    payerInfo: null,
    payer: null,
    devolucoes: [],
    ...parts,
  };
  const data: PixReceived = {
    type: 'credits.pix-received',
    rawId: idOfFacts([said]),
    merchantId,
    livemode: true,
    accountKey: pixKey,
    arrivedAt: new Date(T0).toISOString(),
    ...said,
  };
  return {
    id: data.rawId,
    type: data.type,
    source: 'test',
    key: `${merchantId}:${pixKey}`,
    time: data.arrivedAt,
    dataVersion: 1,
    correlationId: `c-${data.rawId}`,
    causationId: null,
    data,
  };
}

/** A statement in CSV; rows are `day;description;name;document;sum`. */
export function csvOf(...rows: readonly string[]): string {
  return ['Data;Histórico;Nome;CPF/CNPJ;Valor', ...rows, ''].join('\r\n');
}

/** One movement: day, sum, the bank's id, memo. */
export type OfxRow = readonly [day: string, sum: string, id: string, memo: string];

export function ofxOf(...rows: readonly OfxRow[]): string {
  const movements = rows.map(
    ([day, sum, id, memo]) =>
      `<STMTTRN><TRNTYPE>OTHER<DTPOSTED>${day}<TRNAMT>${sum}<FITID>${id}<MEMO>${memo}</STMTTRN>`,
  );
  return `OFXHEADER:100\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>BRL<BANKACCTFROM><BANKID>341<ACCTID>1-9</BANKACCTFROM><BANKTRANLIST>\n${movements.join('\n')}\n</BANKTRANLIST></OFX>`;
}

const bankDefaults = {
  kind: 'credited',
  direction: 'in',
  money: ['br'],
  at: 'dd/MM/yyyy HH:mm',
  tz: 'America/Sao_Paulo',
  trxId: null,
  tails: [''],
  status: 'active',
  untrusted: ['counterparty'],
  endsOpen: false,
  nearMisses: [],
} as const;

/**
 * A bank's SMS with balance and time, such as a bank may send; none of the shipped Brazilian templates is of that kind.
 */
const bankTemplate: Template = {
  ...bankDefaults,
  id: 'br_demo.credited',
  provider: 'br_demo',
  senders: ['DEMOBANK'],
  accountTypes: ['bank'],
  creditable: true,
  currency: 'BRL',
  required: ['amount', 'balance', 'at'],
  pattern: String.raw`^TED recebida de (?<counterparty>[^\n]{2,80}?), R\$ {amount} na conta (?<account>[0-9*-]{4,12}) em {at}\. Saldo R\$ {balance}\.$`,
  samples: [
    {
      wording: 'real',
      body: 'TED recebida de ANA LIMA, R$ 1.557,00 na conta **19 em 14/08/2026 02:05. Saldo R$ 9.000,00.',
    },
  ],
};
const demoRegistry = buildRegistry([
  ...allTemplates,
  { provider: 'br_demo', senders: ['DEMOBANK'], templates: [bankTemplate] },
]);

export const bankWallet: WalletRef = {
  id: '0197a6f0-0000-7000-8000-00000000000b',
  provider: 'br_demo',
  number: '0001-9',
  accountType: 'bank',
  toleranceMinor: 0,
};
export const nubankWallet: WalletRef = { ...bankWallet, provider: 'br_nubank' };

/** 14 August 2026, 02:05 in Brasília: five minutes before T0. */
export function bankSms(
  parts: {
    readonly name?: string;
    readonly sum?: string;
    readonly balance?: string;
    readonly changes?: Partial<MessageReceived>;
  } = {},
): Message<MessageReceived> {
  const { name = 'ANA LIMA DE SOUZA', sum = '1.557,00', balance = '9.000,00', changes = {} } = parts;
  return received(`TED recebida de ${name}, R$ ${sum} na conta **19 em 14/08/2026 02:05. Saldo R$ ${balance}.`, {
    sender: 'DEMOBANK',
    wallets: [bankWallet],
    ...changes,
  });
}

/** A push that names payer and sum, and nothing else: a hint. */
export function pushHint(name = 'Ana Lima de Souza', changes: Partial<MessageReceived> = {}): Message<MessageReceived> {
  return received(`Transferência recebida\nVocê recebeu uma transferência de R$ 1.557,00 de ${name}.`, {
    sender: 'com.nu.production',
    wallets: [nubankWallet],
    ...changes,
  });
}

/** The world with what banks tell. */
export class BrazilWorld {
  readonly pix: PixReceivedHandler;
  readonly statements: StatementsHandler;
  readonly messages: CreditsReceivedHandler;

  private constructor(readonly world: MatchingWorld) {
    const settings = {
      unmatchedGraceMs: GRACE_MS,
      confirmationWaitMs: CONFIRMATION_WAIT_MS,
      partWaitMs: 60_000,
    };
    const ports = {
      database: world.database,
      outbox: new Outbox({ schema: smsMatchingSchema }),
      logger: silentLogger,
      registry: demoRegistry,
      settings,
      onCommitted: () => undefined,
    };
    const staged = { ...ports, stage: world.stage };
    this.pix = new PixReceivedHandler(staged);
    this.statements = new StatementsHandler(ports);
    this.messages = new CreditsReceivedHandler(staged);
  }

  static async create(): Promise<BrazilWorld> {
    return BrazilWorld.on(await MatchingWorld.create());
  }

  static on(world: MatchingWorld): BrazilWorld {
    return new BrazilWorld(world);
  }

  get database(): Database {
    return this.world.database;
  }

  takePix(...notices: readonly Message<PixReceived>[]): Promise<void> {
    return this.pix.handle(notices, this.world.nowMs);
  }

  takeSms(...messages: readonly Message<MessageReceived>[]): Promise<void> {
    return this.messages.handle(messages, this.world.nowMs);
  }

  /** The file's text, or its bytes. */
  statement(
    type: StatementCommand['type'],
    file: string | Uint8Array,
    changes: Partial<StatementCommand> = {},
  ): Promise<StatementReading> {
    const id = newId();
    const bytes = typeof file === 'string' ? Buffer.from(file, 'utf8') : Buffer.from(file);
    const data: StatementCommand = {
      type,
      commandId: id,
      merchantId,
      livemode: true,
      format: bytes.includes('<OFX>') ? 'ofx' : 'csv',
      account: null,
      content: bytes.toString('base64'),
      actor: 'Rita',
      now: new Date(this.world.nowMs).toISOString(),
      ...changes,
    };
    return this.statements.handle(
      {
        id,
        type,
        source: 'test',
        key: merchantId,
        time: data.now,
        dataVersion: 1,
        correlationId: `c-${id}`,
        causationId: null,
        data,
      },
      this.world.nowMs,
    );
  }

  import(file: string | Uint8Array, changes: Partial<StatementCommand> = {}): Promise<StatementReading> {
    return this.statement('ImportStatement', file, changes);
  }

  preview(file: string | Uint8Array): Promise<StatementReading> {
    return this.statement('PreviewStatement', file);
  }
}
