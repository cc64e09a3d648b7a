import { markFields } from './marked-fields.js';

const nothing = { amountMinor: null, trxId: null, counterparty: null, balanceMinor: null, feeMinor: null };
const marked = (
  body: string,
  read: Partial<Parameters<typeof markFields>[1]>,
): readonly (readonly [string, string])[] =>
  markFields(body, { ...nothing, ...read }).map(({ field, from, to }) => [field, body.slice(from, to)]);

describe('the fields of a message', () => {
  it('are marked where they stand, each once', () => {
    const body =
      'You have received Tk 500.00 from 01822222222. Fee Tk 0.00. Balance Tk 2,231.40. TrxID DHE0000001 at 14/08/2026';
    expect(
      marked(body, {
        amountMinor: 50_000,
        trxId: 'DHE0000001',
        counterparty: '01822222222',
        balanceMinor: 223_140,
        feeMinor: 0,
      }),
    ).toEqual([
      ['amount', '500.00'],
      ['sender', '01822222222'],
      ['fee', '0.00'],
      ['balance', '2,231.40'],
      ['trx_id', 'DHE0000001'],
    ]);
  });

  it('are found in Bangla digits and with a Brazilian comma, and an equal sum is not marked twice', () => {
    expect(marked('৳৫০০.০০ পেয়েছেন', { amountMinor: 50_000 })).toEqual([['amount', '৫০০.০০']]);
    expect(marked('recebeu R$ 1.557,00', { amountMinor: 155_700 })).toEqual([['amount', '1.557,00']]);
    expect(marked('Tk 500, balance Tk 500', { amountMinor: 50_000, balanceMinor: 50_000 })).toEqual([
      ['amount', '500'],
      ['balance', '500'],
    ]);
  });

  it('are not marked where the text does not have them', () => {
    expect(marked('hello 12', { amountMinor: 1_300, trxId: 'X1', counterparty: 'Ana' })).toEqual([]);
  });
});
