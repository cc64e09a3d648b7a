import { fromRow, hexText, slotId, toRows } from './records.js';

describe('records and rows', () => {
  it('keep their values through the spellings of both sides', () => {
    const record = {
      creditId: 'c',
      amountMinor: 50_000,
      paymentId: null,
      createdAt: '2026-08-14T05:00:00.000Z',
      livemode: true,
    };
    expect(JSON.parse(toRows([record]))).toEqual([
      {
        credit_id: 'c',
        amount_minor: 50_000,
        payment_id: null,
        created_at: '2026-08-14T05:00:00.000Z',
        livemode: true,
      },
    ]);
    expect(fromRow(JSON.parse(toRows([record]))[0])).toEqual(record);
  });

  it('read times of either kind as UTC, and bytes as hex', () => {
    expect(
      fromRow({
        sent_at: new Date(0),
        created_at: '2026-08-14T11:00:00.5+06:00',
        closed_at: null,
        body: Buffer.from('A'),
      }),
    ).toEqual({
      sentAt: '1970-01-01T00:00:00.000Z',
      createdAt: '2026-08-14T05:00:00.500Z',
      closedAt: null,
      body: '\\x41',
    });
  });

  it('hold no NUL, which jsonb refuses, but leave its spelling alone', () => {
    expect(JSON.parse(toRows([{ sender: 'a\0b', note: '\\u0000' }]))).toEqual([
      { sender: 'a\ufffdb', note: '\\u0000' },
    ]);
    expect(hexText(Buffer.from('a\0'))).toBe('\\x6100');
  });

  it('name one slot by what it is alone', () => {
    const slot = { merchantId: 'm', livemode: true, provider: 'bkash', slotKey: 'X' };
    expect(slotId({ ...slot, paymentId: 'p' } as typeof slot)).toBe(slotId(slot));
    expect(slotId({ ...slot, livemode: false })).not.toBe(slotId(slot));
  });
});
