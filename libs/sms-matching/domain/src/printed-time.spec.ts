import { readTime, timePattern, type Zone } from './printed-time.js';

const read = (layout: string, text: string, zone: Zone = 'Asia/Dhaka') => {
  const found = new RegExp(`^${timePattern(layout)}$`).exec(text);
  return found ? readTime(found.groups ?? {}, zone) : null;
};

describe('a printed time', () => {
  it.each([
    ['dd/MM/yyyy HH:mm', '14/08/2026 11:07', '2026-08-14T11:07:00'],
    ['dd-MON-yy hh:mm:ss a', '09-APR-20 10:41:36 am', '2020-04-09T10:41:36'],
    ['dd-MON-yy hh:mm:ss a', '27-Dec-25 12:05:09 AM', '2025-12-27T00:05:09'],
    ['dd-MON-yy hh:mm:ss a', '27-DEC-25 12:05:09 PM', '2025-12-27T12:05:09'],
    ['dd-MM-yy', '26-08-22', '2022-08-26'],
    ['dd-MON-y', '19-Mar-2026', '2026-03-19'],
    ['dd-MON-y', '11-Aug-26', '2026-08-11'],
    ["d/M/yy 'at' h:mm a", '5/10/25 at 6:41 PM', '2025-10-05T18:41:00'],
    ['dd-MM-yy @hh:mm a', '06-05-23 @10:15 AM', '2023-05-06T10:15:00'],
    ['yyyy-MM-dd HH:mm', '2025-04-26 11:31', '2025-04-26T11:31:00'],
    ['dd/MM/yyyy HH:mm', '29/02/2024 00:00', '2024-02-29T00:00:00'],
  ])('of layout %s: %s', (layout, text, local) => expect(read(layout, text)?.local).toBe(local));

  it.each([
    ['dd/MM/yyyy HH:mm', '29/02/2025 11:07'],
    ['dd/MM/yyyy HH:mm', '00/08/2026 11:07'],
    ['dd/MM/yyyy HH:mm', '08/13/2026 11:07'],
    ['dd/MM/yyyy HH:mm', '14/08/2026 24:00'],
    ['dd/MM/yyyy HH:mm', '14/08/2026 11:60'],
    ['dd/MM/yyyy HH:mm', '14/08/1999 11:07'],
    ['dd/MM/yyyy HH:mm', '4/08/2026 11:07'],
    ['dd-MON-yy hh:mm:ss a', '09-APR-20 00:41:36 am'],
    ['dd-MON-yy hh:mm:ss a', '09-APR-20 13:41:36 pm'],
    ['dd-MON-yy hh:mm:ss a', '09-apR-20 10:41:36 am'],
    ['dd-MON-yy hh:mm:ss a', '09-FOO-20 10:41:36 am'],
  ])('of layout %s is not %s', (layout, text) => expect(read(layout, text)).toBeNull());

  it('means a minute, a second or a whole day, in its own zone', () => {
    const span = (layout: string, text: string, zone?: Zone) => {
      const time = read(layout, text, zone)!;
      return [new Date(time.fromMs).toISOString(), new Date(time.toMs).toISOString()];
    };
    expect(span('dd/MM/yyyy HH:mm', '14/08/2026 11:07')).toEqual([
      '2026-08-14T05:07:00.000Z',
      '2026-08-14T05:07:59.999Z',
    ]);
    expect(span('dd-MM-yy', '26-08-22')).toEqual(['2022-08-25T18:00:00.000Z', '2022-08-26T17:59:59.999Z']);
    expect(span('yyyy-MM-dd HH:mm', '2025-04-26 22:31', 'America/Sao_Paulo')[0]).toBe('2025-04-27T01:31:00.000Z');
  });
});
