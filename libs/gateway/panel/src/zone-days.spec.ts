import { startOfDay } from './zone-days.js';

const start = (at: string, zone: string, daysBefore = 0): string =>
  new Date(startOfDay(Date.parse(at), zone, daysBefore)).toISOString();

describe('the beginning of a day', () => {
  it.each([
    ['2026-06-12T17:59:59.000Z', 'Asia/Dhaka', '2026-06-11T18:00:00.000Z'],
    ['2026-06-12T18:00:00.000Z', 'Asia/Dhaka', '2026-06-12T18:00:00.000Z'],
    ['2026-06-12T02:59:00.000Z', 'America/Sao_Paulo', '2026-06-11T03:00:00.000Z'],
    ['2026-06-12T00:00:00.000Z', 'UTC', '2026-06-12T00:00:00.000Z'],
    ['2026-06-12T20:00:00.000Z', 'Asia/Kolkata', '2026-06-12T18:30:00.000Z'],
    ['2026-03-29T12:00:00.000Z', 'Europe/Berlin', '2026-03-28T23:00:00.000Z'],
    ['2026-03-30T12:00:00.000Z', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
  ])('of %s in %s is %s', (at, zone, expected) => {
    expect(start(at, zone)).toBe(expected);
  });

  it('a week before is that of the same weekday, also over a change of the clock', () => {
    expect(start('2026-06-12T12:00:00.000Z', 'Asia/Dhaka', 7)).toBe('2026-06-04T18:00:00.000Z');
    expect(start('2026-04-01T12:00:00.000Z', 'Europe/Berlin', 7)).toBe('2026-03-24T23:00:00.000Z');
  });
});
