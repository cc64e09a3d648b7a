import type { RequestWithBytes } from '@paymatch/gateway-edge';
import type { ErrorDetail, SmartFastPayError } from '../smartfastpay.error.js';
import { readPaymentRequest, type PaymentRequest } from './payment-request.js';

const good = {
  customer_id: '58f0c005-3b7d-4c75-81f3-93b9a6fee864',
  name: 'Richard Roe',
  email: 'richard@roe.com',
  document: '16972691419',
  amount: 300,
  currency: 'USD',
  payment_method: 'pix',
  callback: 'http://mysite.com/api/notification',
  transaction: { id: 'b08e3897-6505-4bb4-81a5-6e3a1d29e277' },
};

function read(text: string): PaymentRequest {
  return readPaymentRequest({
    body: JSON.parse(text) as unknown,
    rawBody: Buffer.from(text),
  } as unknown as RequestWithBytes);
}
const withPart = (part: object): string => JSON.stringify({ ...good, ...part });

function refused(text: string): readonly ErrorDetail[] {
  try {
    read(text);
  } catch (error) {
    const { status, code, details } = error as SmartFastPayError;
    expect([status, code]).toEqual([422, 'validation_error']);
    return details.details!;
  }
  throw new Error(`accepted: ${text}`);
}

describe('a payment request', () => {
  it('is read as the contract says', () => {
    expect(read(JSON.stringify(good))).toEqual({
      customerId: good.customer_id,
      transactionId: good.transaction.id,
      amountMinor: 30_000,
      currency: 'USD',
      method: 'pix',
      callbackUrl: good.callback,
      payer: {
        name: 'Richard Roe',
        email: 'richard@roe.com',
        document: '16972691419',
        documentType: 'cpf',
        branch: null,
      },
    });
  });

  it.each([
    [{ currency: undefined }, { currency: 'USD' }],
    [{ currency: null }, { currency: 'USD' }],
    [{ currency: 'BRL' }, { currency: 'BRL' }],
    [{ payment_method: 'bank_transfer' }, { method: 'bank_transfer' }],
    [
      { document: '12ABC34501DE35', document_type: 'CNPJ' },
      { payer: expect.objectContaining({ document: '12ABC34501DE35', documentType: 'cnpj' }) as unknown },
    ],
    [{ document_type: 'cpf' }, {}],
    [{ branch: 'São Paulo 1' }, { payer: expect.objectContaining({ branch: 'São Paulo 1' }) as unknown }],
    [{ branch: null }, {}],
    [{ unknown: { a: 1 } }, {}],
    [{ customer_id: 'x'.repeat(255) }, {}],
    [{ customer_id: '🙂'.repeat(255) }, {}],
    [{ name: 'Zoë' }, {}],
    [{ name: 'é'.repeat(150) }, {}],
    [{ email: `${'x'.repeat(243)}@example.com` }, {}],
    [{ callback: 'HTTPS://[::1]:8080/x?y=z' }, {}],
    [{ transaction: { id: '0', more: 1 } }, { transactionId: '0' }],
  ])('may say %j', (part, expected) => expect(read(withPart(part))).toMatchObject(expected));

  it.each([
    [{ customer_id: undefined }, 'customer_id'],
    [{ customer_id: '' }, 'customer_id'],
    [{ customer_id: 'x'.repeat(256) }, 'customer_id'],
    [{ customer_id: '🙂'.repeat(256) }, 'customer_id'],
    [{ customer_id: 7 }, 'customer_id'],
    [{ customer_id: 'a\u0000b' }, 'customer_id'],
    [{ customer_id: { toString: 1 } }, 'customer_id'],
    [{ name: { toString: 1 } }, 'name'],
    [{ transaction: { id: { toString: 1 } } }, 'transaction.id'],
    [{ branch: { toString: 1 } }, 'branch'],
    [{ callback: { toString: 1 } }, 'callback'],
    [{ customer_id: ' ' }, 'customer_id'],
    [{ name: 'Al' }, 'name'],
    [{ name: 'é'.repeat(151) }, 'name'],
    [{ name: 'a\ud800bc' }, 'name'],
    [{ email: 'richard' }, 'email'],
    [{ email: 'richard@roe' }, 'email'],
    [{ email: 'a b@roe.com' }, 'email'],
    [{ email: `${'x'.repeat(244)}@example.com` }, 'email'],
    [{ email: null }, 'email'],
    [{ document: '16972691418' }, 'document'],
    [{ document: 16_972_691_419 }, 'document'],
    [{ document: '169.726.914-19' }, 'document'],
    [{ document: '34911051000197' }, 'document'],
    [{ document_type: 'CNPJ' }, 'document'],
    [{ document_type: 'RG' }, 'document_type'],
    [{ currency: 'EUR' }, 'currency'],
    [{ currency: 'usd' }, 'currency'],
    [{ payment_method: 'card' }, 'payment_method'],
    [{ payment_method: undefined }, 'payment_method'],
    [{ callback: 'ftp://mysite.com' }, 'callback'],
    [{ callback: '/notify' }, 'callback'],
    [{ callback: 'http://' }, 'callback'],
    [{ callback: 'http://my site.com' }, 'callback'],
    [{ callback: undefined }, 'callback'],
    [{ callback: `http://a.com/${'x'.repeat(2_000)}` }, 'callback'],
    [{ transaction: undefined }, 'transaction.id'],
    [{ transaction: null }, 'transaction.id'],
    [{ transaction: {} }, 'transaction.id'],
    [{ transaction: 'id' }, 'transaction.id'],
    [{ transaction: { id: 'x'.repeat(256) } }, 'transaction.id'],
    [{ transaction: { id: '' } }, 'transaction.id'],
    [{ branch: '' }, 'branch'],
    [{ branch: 'x'.repeat(256) }, 'branch'],
  ])('is refused for %j, by name', (part, field) => {
    expect(refused(withPart(part)).map((detail) => detail.field)).toEqual([field]);
  });

  it('names everything that is wrong at once', () => {
    expect(refused('{}').map((detail) => detail.field)).toEqual([
      'customer_id',
      'name',
      'email',
      'document',
      'amount',
      'payment_method',
      'callback',
      'transaction.id',
    ]);
  });

  it.each(['[]', '"text"', '7', 'true'])('is one object, not %s', (text) =>
    expect(refused(text)[0]!.field).toBe('body'),
  );
});

describe('an amount', () => {
  const amount = (literal: string): string =>
    JSON.stringify({ ...good, note: '"amount": 7 \\' }).replace('"amount":300', `"amount":${literal}`);

  it.each([
    ['2', 200],
    ['2.00', 200],
    ['"2"', 200],
    ['"2.5"', 250],
    ['300', 30_000],
    ['300.1', 30_010],
    ['300.10', 30_010],
    ['"300.10"', 30_010],
    ['99999999.99', 9_999_999_999],
    ['"99999999.99"', 9_999_999_999],
    ['4.35', 435],
    ['1.005e0,"amount":300', 30_000],
  ])('of %s is %i minor units', (literal, minor) => expect(read(amount(literal)).amountMinor).toBe(minor));

  it.each([
    '1.99',
    '0',
    '-2',
    '-300',
    '300.101',
    '300.100',
    '"300.100"',
    '300.10000000000000001',
    '100000000',
    '"100000000.00"',
    '3e2',
    '"3e2"',
    '"300,10"',
    '"1,000.00"',
    '"+300"',
    '" 300"',
    '""',
    'null',
    'true',
    '[300]',
    '{"a":300}',
    '"NaN"',
    '"٣٠٠"',
  ])('may not be %s', (literal) => expect(refused(amount(literal)).map((detail) => detail.field)).toEqual(['amount']));
});
