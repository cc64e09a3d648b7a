import { readTime } from './printed-time.js';
import { isTrxId, normaliseTrxId, trxIdDoubt, ulidTimeMs } from './trx-id.js';

const at = (day: number, month: number, year: number, hour = 12, minute = 0) =>
  readTime(
    {
      at_day: String(day),
      at_month: String(month),
      at_year: String(year),
      at_hour: String(hour),
      at_minute: String(minute),
    },
    'Asia/Dhaka',
  )!;

describe('a TrxID as typed', () => {
  it.each([
    ['dhe7 xoid8q', 'DHE7XOID8Q'],
    [' DHE7XOID8Q\n', 'DHE7XOID8Q'],
    ['DHE7\u00a0XOID\u200b8Q', 'DHE7XOID8Q'],
  ])('%p is %s', (typed, id) => expect(normaliseTrxId(typed)).toBe(id));
  it.each(['74HN\u039d\u0395\u039a\u039f', 'D\u0131E7XOID8Q', '\uff10123456789', '০১২৩৪৫৬৭'])(
    '%s keeps its foreign letters and is none',
    (typed) => {
      expect(normaliseTrxId(typed)).toBe(typed);
      expect(isTrxId(normaliseTrxId(typed))).toBe(false);
    },
  );
  it.each([
    ['ABCDE', false],
    ['ABCDEF', true],
    ['A'.repeat(20), true],
    ['A'.repeat(21), false],
    ['ABC-DEF', false],
  ])('%s can be one: %p', (id, possible) => expect(isTrxId(id)).toBe(possible));
});

describe('what an id says of its day', () => {
  it.each([
    ['5K40LVQIZM', at(4, 11, 2018)],
    ['9DI8RNA6T2', at(18, 4, 2022)],
    ['ACA6TF1AIZ', at(10, 3, 2023)],
    ['DHV7G3INK8', at(31, 8, 2026)],
    ['DL91H7TBTC', at(9, 12, 2026)],
  ])('%s agrees with its date', (id, printed) => expect(trxIdDoubt(id, printed, 'bkash_date')).toBeNull());

  it.each([
    ['5K40LVQIZM', at(5, 11, 2018)],
    ['5K40LVQIZM', at(4, 10, 2018)],
    ['5K40LVQIZM', at(4, 11, 2019)],
    ['DHW7G3INK8', at(31, 8, 2026)],
    ['DM17G3INK8', at(1, 12, 2026)],
  ])('%s contradicts %p', (id, printed) => expect(trxIdDoubt(id, printed, 'bkash_date')).toBe('trx_id_date_mismatch'));

  it("counts M-Pesa's years from another letter", () => {
    expect(trxIdDoubt('TJF411KQ2M', at(15, 10, 2025), 'mpesa_date')).toBeNull();
    expect(trxIdDoubt('TJF411KQ2M', at(15, 10, 2026), 'mpesa_date')).toBe('trx_id_date_mismatch');
  });

  it('reads the very second from an Upay id, and lets it differ by three minutes', () => {
    expect(new Date(ulidTimeMs('01K7C9WN9T') ?? 0).toISOString()).toBe('2025-10-12T13:31:19.226Z');
    expect(ulidTimeMs('01K7C9WNIL')).toBeNull();
    const doubt = (minute: number) => trxIdDoubt('01K7C9WN9T', at(12, 10, 2025, 19, minute), 'upay_time');
    expect([27, 28, 29, 31, 34, 35].map(doubt)).toEqual([
      'trx_id_time_mismatch',
      'trx_id_time_mismatch',
      null,
      null,
      null,
      'trx_id_time_mismatch',
    ]);
  });
});
