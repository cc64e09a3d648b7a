import {
  newId,
  topics,
  uuidToUlid,
  type FailPayment,
  type PaymentReply,
  type StatementCommand,
  type StatementReading,
} from '@paymatch/contracts';
import { Refusal, RequestUnavailable } from '@paymatch/platform-messaging';
import {
  AnsweringBus,
  knowPayment,
  panelClock,
  paymentsDouble,
  startPanel,
  type PanelShop,
} from './testing/panel.harness.js';

interface Reply {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly json: any;
}

let panel: Awaited<ReturnType<typeof startPanel>>;
let bus: AnsweringBus;
let shop: PanelShop;
beforeAll(async () => {
  bus = new AnsweringBus();
  panel = await startPanel(bus);
  shop = await panel.openShop();
});
beforeEach(() => {
  bus.asked.length = 0;
  paymentsDouble.sent.length = 0;
  bus.answer = () => reading;
});
afterAll(() => panel.stop());

const paymentId = newId();
const reading: StatementReading = {
  isApplied: true,
  outgoingCount: 2,
  faults: [],
  lines: [
    {
      line: 2,
      postedOn: '2026-06-12',
      amountMinor: 155_700,
      description: 'PIX RECEBIDO',
      payerName: 'Ana Lima',
      payerDocument: '52998224725',
      outcome: 'matched',
      reason: null,
      paymentId,
    },
  ],
};
const csv = Buffer.from('Data;Descrição;Valor\n12/06/2026;PIX RECEBIDO - JOÃO LIMA;1.557,00\n', 'latin1');

async function send(
  path: string,
  options: {
    readonly key?: string;
    readonly type?: string;
    readonly body?: Buffer | string;
    readonly headers?: Record<string, string>;
  } = {},
): Promise<Reply> {
  const { key = shop.named, type = 'text/csv', body = csv, headers = {} } = options;
  const response = await fetch(`${panel.url}/api/panel/v1${path}`, {
    method: 'POST',
    body,
    headers: { authorization: `Bearer ${key}`, 'content-type': type, ...headers },
  });
  return { status: response.status, json: await response.json() };
}
const asked = (): readonly StatementCommand[] => bus.asked.map(({ message }) => message.data as StatementCommand);

describe("a bank's statement", () => {
  it.each([
    ['/bank-statements', 'ImportStatement'],
    ['/bank-statements/preview', 'PreviewStatement'],
  ])('to %s is handed on byte for byte under the name on the key', async (path, type) => {
    const { status, json } = await send(path);
    expect([status, json.data.lines]).toEqual([
      200,
      [
        {
          line: 2,
          posted_on: '2026-06-12',
          amount: '1557.00',
          description: 'PIX RECEBIDO',
          payer_name: 'Ana Lima',
          payer_document: '52998224725',
          outcome: 'matched',
          reason: null,
          payment_id: paymentId,
        },
      ],
    ]);
    expect(json.data).toMatchObject({ applied: true, outgoing_count: 2, faults: [] });
    expect(bus.asked.map(({ topic, message }) => [topic, message.key])).toEqual([
      [topics.creditsCommands.name, shop.merchantId],
    ]);
    expect(asked()[0]).toMatchObject({
      type,
      merchantId: shop.merchantId,
      livemode: true,
      format: 'csv',
      account: null,
      actor: 'Rahima',
      now: new Date(panelClock.ms).toISOString(),
    });
    expect(Buffer.from(asked()[0]!.content, 'base64').equals(csv)).toBe(true);
  });

  it('names its kind and its account', async () => {
    await send('/bank-statements?account=0001-9', { type: 'application/x-ofx', body: '<OFX>' });
    await send('/bank-statements', { type: 'text/csv; charset=iso-8859-1' });
    expect(asked().map(({ format, account }) => [format, account])).toEqual([
      ['ofx', '0001-9'],
      ['csv', null],
    ]);
    expect((await send('/bank-statements?account=%00')).status).toBe(422);
  });

  it('may be a mebibyte long and not one byte longer', async () => {
    expect((await send('/bank-statements', { body: Buffer.alloc(1_048_576, 0x20) })).status).toBe(200);
    expect(await send('/bank-statements', { body: Buffer.alloc(1_048_577, 0x20) })).toMatchObject({
      status: 413,
      json: { detail: expect.stringContaining('1 MiB') as string },
    });
    expect(await send('/bank-statements', { body: Buffer.alloc(4_194_305, 0x20) })).toMatchObject({
      status: 413,
      json: { detail: 'The body is longer than this address takes. At most 1 MiB.' },
    });
    expect(asked()).toHaveLength(1);
  });

  it('is refused in any other kind, and no other address takes one', async () => {
    expect((await send('/bank-statements', { type: 'application/json', body: '{}' })).status).toBe(415);
    expect((await send('/bank-statements', { type: 'application/pdf' })).status).toBe(415);
    expect((await send('/wallets')).status).toBe(415);
    expect(asked()).toEqual([]);
  });

  it('with lines that cannot be read says which', async () => {
    bus.answer = () => {
      throw new Refusal('STATEMENT_UNREADABLE', {
        faults: [
          { line: 3, problem: 'bad_date' },
          { line: 9, problem: 'bad_amount' },
        ],
      });
    };
    const { status, json } = await send('/bank-statements');
    expect([status, json.errors.map(({ detail }: { detail: string }) => detail)]).toEqual([
      422,
      ['line 3: bad_date', 'line 9: bad_amount'],
    ]);
  });

  it('that takes longer than anybody waits says that it goes on, and what to do', async () => {
    const headers = { 'idempotency-key': newId() };
    bus.answer = () => {
      throw new RequestUnavailable('no answer within the deadline');
    };
    const late = await fetch(`${panel.url}/api/panel/v1/bank-statements`, {
      method: 'POST',
      body: csv,
      headers: { authorization: `Bearer ${shop.named}`, 'content-type': 'text/csv', ...headers },
    });
    expect([late.status, late.headers.get('retry-after')]).toEqual([503, '15']);
    expect(late.headers.get('content-type')).toContain('application/problem+json');
    expect(await late.json()).toMatchObject({
      type: 'urn:paymatch:problem:service-unavailable',
      detail: expect.stringMatching(/goes on; send the same file again to see its result/) as string,
    });
    bus.answer = () => reading;
    expect((await send('/bank-statements', { headers })).json.data).toMatchObject({ applied: true });
    expect(new Set(bus.asked.map(({ message }) => message.id)).size).toBe(1);
  });

  it('sent twice under one Idempotency-Key is one command; another file under it is refused', async () => {
    const headers = { 'idempotency-key': newId() };
    const first = await send('/bank-statements', { headers });
    expect(await send('/bank-statements', { headers })).toEqual(first);
    expect(asked()).toHaveLength(1);
    expect((await send('/bank-statements', { headers, body: 'Data;Valor\n' })).status).toBe(422);
  });

  it("is the merchant's own, in the key's mode, and not for weak keys", async () => {
    await send('/bank-statements', { key: shop.test });
    expect(asked()[0]).toMatchObject({ merchantId: shop.merchantId, livemode: false });
    expect((await send('/bank-statements', { key: shop.weak })).status).toBe(403);
    expect((await send('/bank-statements', { key: 'fk_live_nobody' })).status).toBe(401);
    expect(asked()).toHaveLength(1);
  });
});

describe('denying a payment', () => {
  const deny = (id: string, key?: string): Promise<Reply> =>
    send(`/payments/${id}/deny`, {
      type: 'application/json',
      body: '{"reason":"x"}',
      ...(key !== undefined && { key }),
    });
  const failed = {
    outcome: 'changed',
    events: [],
    payment: {
      id: paymentId,
      dialect: 'smartfastpay',
      livemode: true,
      status: 'failed',
      failureReason: 'rejected_by_admin',
      updatedAt: '2026-06-12T08:30:00.000Z',
    },
  } as unknown as PaymentReply;

  it.each([
    ['its ULID', uuidToUlid(paymentId)],
    ['its UUID', paymentId],
  ])('by %s fails it under the name on the key', async (_spelling, id) => {
    paymentsDouble.answer = () => failed;
    const { status, json } = await deny(id);
    expect([status, json.data]).toEqual([
      200,
      {
        id: paymentId,
        livemode: true,
        status: 'failed',
        failure_reason: 'rejected_by_admin',
        updated_at: '2026-06-12T08:30:00.000Z',
      },
    ]);
    expect(paymentsDouble.sent).toMatchObject([
      {
        type: 'FailPayment',
        paymentId,
        merchantId: shop.merchantId,
        livemode: true,
        reason: 'rejected_by_admin',
        decidedBy: 'Rahima',
      } satisfies Partial<FailPayment>,
    ]);
  });

  it.each([
    ['PAYMENT_NOT_FOUND', 404],
    ['PAYMENT_CLOSED', 409],
  ])('that payments refuses with %s answers %i', async (code, status) => {
    paymentsDouble.answer = () => {
      throw new Refusal(code, {});
    };
    expect((await deny(paymentId)).status).toBe(status);
  });

  it('may say why, which stays with the fact', async () => {
    paymentsDouble.answer = () => failed;
    const body = JSON.stringify({ reason: 'asked to cancel by phone' });
    expect((await send(`/payments/${paymentId}/deny`, { type: 'application/json', body })).status).toBe(200);
    expect(paymentsDouble.sent).toMatchObject([
      { type: 'FailPayment', reason: 'rejected_by_admin', note: 'asked to cancel by phone' },
    ]);
    const wrong = JSON.stringify({ reason: '' });
    expect((await send(`/payments/${paymentId}/deny`, { type: 'application/json', body: wrong })).status).toBe(422);
  });

  it('needs an id and a strong key', async () => {
    expect((await deny('nonsense')).status).toBe(404);
    expect((await deny(paymentId, shop.weak)).status).toBe(403);
    expect(paymentsDouble.sent).toEqual([]);
  });
});

describe('entering a transfer by hand', () => {
  const id = '0197a6f0-0000-7000-8000-0000000000c1';
  const enter = (fields: object, key?: string): Promise<Reply> =>
    send('/transfers', { type: 'application/json', body: JSON.stringify(fields), ...(key !== undefined && { key }) });
  const fields = {
    method: 'pix',
    transfer_id: 'E12345678202606121130ABCdef12345',
    amount: '1557.00',
    note: 'seen in the app',
    payer: 'Ana Lima',
    payment_id: paymentId,
  };

  it('asks for the credit in BRL under the name on the key', async () => {
    knowPayment(shop.merchantId, { id: paymentId });
    bus.answer = () => ({
      id,
      merchantId: shop.merchantId,
      livemode: true,
      status: 'open',
      reason: 'entered_by_hand',
      paymentId,
      credit: null,
      proposal: null,
      evidence: [],
      history: [],
      openedAt: '2026-06-12T08:30:00.000Z',
      closedAt: null,
    });
    expect((await enter(fields)).status).toBe(201);
    expect(bus.asked[0]!.message.data).toMatchObject({
      type: 'EnterCredit',
      merchantId: shop.merchantId,
      livemode: true,
      actor: 'Rahima',
      paymentId,
      caseId: null,
      note: 'seen in the app',
      credit: {
        provider: 'pix',
        trxId: 'E12345678202606121130ABCDEF12345',
        amountMinor: 155_700,
        currency: 'BRL',
        senderNumber: 'Ana Lima',
        toleranceMinor: 0,
        receivedAt: new Date(panelClock.ms).toISOString(),
      },
    });
  });

  it('for a payment nobody has is refused at once, and nothing is entered', async () => {
    const { status, json } = await enter({ ...fields, payment_id: newId() });
    expect([status, json.type]).toEqual([404, 'urn:paymatch:problem:payment-not-found']);
    expect(bus.asked).toEqual([]);
  });

  it.each([
    ['method', 'wallet'],
    ['transfer_id', 'E1'],
    ['amount', '1,00'],
    ['note', ''],
    ['payment_id', 'x'],
    ['received_at', 'today'],
  ])('names a wrong %s', async (field, value) => {
    const { status, json } = await enter({ ...fields, [field]: value });
    expect([status, json.errors[0].pointer]).toEqual([422, `/${field}`]);
    expect(bus.asked).toEqual([]);
  });
});
