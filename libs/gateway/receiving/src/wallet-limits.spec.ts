import { noLimits, roomOf, walletPeriods } from './wallet-limits.js';

describe('the limits of a wallet', () => {
  it('are counted by days and months of Dhaka', () => {
    const at = (moment: string) => walletPeriods(Date.parse(moment));
    const june = { day: new Date('2026-06-29T18:00:00Z'), month: new Date('2026-05-31T18:00:00Z') };
    expect(at('2026-06-30T17:59:59.999Z')).toEqual(june);
    const july = new Date('2026-06-30T18:00:00Z');
    expect(at('2026-06-30T18:00:00Z')).toEqual({ day: july, month: july });
  });

  it.each([
    [79_999, 'open'],
    [80_000, 'near'],
    [99_999, 'near'],
    [100_000, 'reached'],
  ])('are told of when %i of 100000 poisha came: %s', (sum, room) => {
    const limits = { ...noLimits, dayMaxMinor: 100_000, monthMaxMinor: 100_000 };
    expect(roomOf({ limits }, { dayMinor: sum, monthMinor: 0 })).toBe(room);
    expect(roomOf({ limits }, { dayMinor: 0, monthMinor: sum })).toBe(room);
    expect(roomOf({ limits: noLimits }, { dayMinor: sum, monthMinor: sum })).toBe('open');
  });
});
