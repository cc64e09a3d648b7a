import { readMoment } from '@paymatch/gateway-edge';
import { PAYMENT_WORDS, readListRequest, TRANSACTION_WORDS } from './list-request.js';

describe('the query of a list', () => {
  it('asks for the ten newest when it says nothing', () => {
    expect(readListRequest({}, PAYMENT_WORDS)).toEqual({
      perPage: 10,
      page: 1,
      createdFrom: null,
      createdTo: null,
      customerId: null,
      invoiceIds: null,
      standings: null,
      sort: { by: 'created' },
      direction: 'desc',
    });
  });

  it.each([
    [{ limit: '1' }, { perPage: 1 }],
    [{ limit: '40' }, { perPage: 40 }],
    [{ page: '9999999' }, { page: 9_999_999 }],
    [{ order: 'id,desc' }, { sort: { by: 'created' }, direction: 'desc' }],
    [{ sort: 'created_at,asc' }, { sort: { by: 'created' }, direction: 'asc' }],
    [{ sort: 'amount,asc' }, { sort: { by: 'amount' } }],
    [{ order: 'updated_at,desc' }, { sort: { by: 'updated' } }],
    [{ sort: 'status,asc' }, { sort: { by: 'standing', groups: [['failed'], ['expired'], ['settled'], ['open']] } }],
    [{ sort: 'id,asc', order: 'id,asc' }, { direction: 'asc' }],
    [{ customer_id: 'ç3' }, { customerId: 'ç3' }],
    [{ transaction_id: ' a ,b,, a' }, { invoiceIds: ['a', 'b'] }],
    [{ transaction_id: Array.from({ length: 100 }, (_, i) => i).join(',') }, {}],
    [{ status: 'paid' }, { standings: ['settled'] }],
    [{ status: 'denied' }, { standings: ['failed'] }],
    [{ status: 'expired' }, { standings: ['expired'] }],
    [{ status: 'pending' }, { standings: ['open'] }],
    [
      { start_time: '2021-09-05T11:00:00Z', end_time: '2021-09-05T11:00:00Z' },
      { createdFrom: '2021-09-05T11:00:00.000000Z', createdTo: '2021-09-05T11:00:00.000000Z' },
    ],
    [{ utm: 'x' }, {}],
  ])('may be %j', (query, expected) => expect(readListRequest(query, PAYMENT_WORDS)).toMatchObject(expected));

  it('has the words of transactions for transactions', () => {
    expect(readListRequest({ status: 'canceled' }, TRANSACTION_WORDS).standings).toEqual(['failed', 'expired']);
    expect(readListRequest({ sort: 'status,desc' }, TRANSACTION_WORDS).sort).toEqual({
      by: 'standing',
      groups: [['failed', 'expired'], ['settled'], ['open']],
    });
    expect(() => readListRequest({ status: 'denied' }, TRANSACTION_WORDS)).toThrow('pending, paid, canceled');
  });

  it.each([
    [{ limit: '0' }, 'limit'],
    [{ limit: '41' }, 'limit'],
    [{ limit: '' }, 'limit'],
    [{ limit: '1.5' }, 'limit'],
    [{ limit: '-1' }, 'limit'],
    [{ limit: ['1', '2'] }, 'limit'],
    [{ page: '0' }, 'page'],
    [{ page: '10000000' }, 'page'],
    [{ page: '1e3' }, 'page'],
    [{ sort: 'id' }, 'sort'],
    [{ sort: 'id,down' }, 'sort'],
    [{ sort: 'name,asc' }, 'sort'],
    [{ order: 'id, desc' }, 'order'],
    [{ order: ['id,asc'] }, 'order'],
    [{ sort: 'id,asc', order: 'id,desc' }, 'sort'],
    [{ start_time: '2021-09-05' }, 'start_time'],
    [{ start_time: '2021-09-05T11:00:00' }, 'start_time'],
    [{ end_time: 'now' }, 'end_time'],
    [{ end_time: '' }, 'end_time'],
    [{ start_time: '2021-09-05T11:00:01Z', end_time: '2021-09-05T11:00:00Z' }, 'end_time'],
    [{ customer_id: '' }, 'customer_id'],
    [{ customer_id: 'x'.repeat(256) }, 'customer_id'],
    [{ customer_id: 'a\u0000' }, 'customer_id'],
    [{ customer_id: ['a'] }, 'customer_id'],
    [{ transaction_id: '' }, 'transaction_id'],
    [{ transaction_id: ' , ' }, 'transaction_id'],
    [{ transaction_id: Array.from({ length: 101 }, (_, i) => i).join(',') }, 'transaction_id'],
    [{ transaction_id: `a,${'x'.repeat(256)}` }, 'transaction_id'],
    [{ status: 'completed' }, 'status'],
    [{ status: '' }, 'status'],
  ])('may not be %j', (query, field) => {
    let error: unknown;
    try {
      readListRequest(query, PAYMENT_WORDS);
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ status: 422, details: { details: [{ field }] } });
  });
});

describe('a moment', () => {
  it.each([
    ['2021-09-05T11:00:00Z', '2021-09-05T11:00:00.000000Z'],
    ['2021-09-05T11:00:00-03:00', '2021-09-05T14:00:00.000000Z'],
    ['2021-09-05T11:00:00+05:30', '2021-09-05T05:30:00.000000Z'],
    ['2021-09-05T11:00:00 05:30', '2021-09-05T05:30:00.000000Z'],
    ['2021-09-05t11:00:00.5z', '2021-09-05T11:00:00.500000Z'],
    ['2021-09-05T11:00:00.123456Z', '2021-09-05T11:00:00.123456Z'],
    ['2024-02-29T23:59:59Z', '2024-02-29T23:59:59.000000Z'],
  ])('%s is %s', (text, utc) => expect([readMoment(text, 'up'), readMoment(text, 'down')]).toEqual([utc, utc]));

  it('is rounded into the range when it is finer than a microsecond', () => {
    expect(readMoment('2021-09-05T11:00:00.9999991Z', 'up')).toBe('2021-09-05T11:00:01.000000Z');
    expect(readMoment('2021-09-05T11:00:00.9999999Z', 'down')).toBe('2021-09-05T11:00:00.999999Z');
  });

  it.each([
    '',
    '2021-09-05',
    '2021-09-05T11:00Z',
    '2021-02-29T00:00:00Z',
    '2021-13-01T00:00:00Z',
    '2021-00-10T00:00:00Z',
    '2021-09-31T00:00:00Z',
    '2021-09-05T24:00:00Z',
    '2021-09-05T11:60:00Z',
    '2021-09-05T11:00:00+24:00',
    '0000-01-01T00:00:00Z',
    '0050-01-01T00:00:00Z',
    '2021-09-05T11:00:00.1234567891Z',
    7,
    null,
  ])('is not %j', (text) => {
    expect(readMoment(text, 'up')).toBeNull();
  });
});
