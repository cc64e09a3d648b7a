import { isZone, minuteOfDay, quietForMs, textOfMinute } from './quiet-hours.js';

const night = { fromMinute: 22 * 60, toMinute: 7 * 60, zone: 'Asia/Dhaka' };
const quietMinutes = (time: string, hours = night): number =>
  quietForMs(hours, Date.parse(`2026-06-12T${time}+06:00`)) / 60_000;

describe('quiet hours', () => {
  it.each([
    ['21:59:59', 0],
    ['22:00:00', 540],
    ['23:59:30', 420.5],
    ['00:00:00', 420],
    ['06:59:00', 1],
    ['07:00:00', 0],
    ['12:00:00', 0],
  ])('over midnight: at %s it is quiet for %d minutes more', (time, minutes) => {
    expect(quietMinutes(time)).toBe(minutes);
  });

  it('within a day, by the clock of the named zone', () => {
    const noon = { fromMinute: 12 * 60, toMinute: 13 * 60, zone: 'Asia/Dhaka' };
    expect(['11:59:00', '12:30:00', '13:00:00'].map((time) => quietMinutes(time, noon))).toEqual([0, 30, 0]);
    expect(quietMinutes('12:30:00', { ...noon, zone: 'UTC' })).toBe(0);
  });

  it('are said in hours and minutes of a zone that there is', () => {
    expect(['22:30', '00:00', '24:00', '7:00', 7].map(minuteOfDay)).toEqual([1_350, 0, null, null, null]);
    expect([1_350, 5].map(textOfMinute)).toEqual(['22:30', '00:05']);
    expect(['Asia/Dhaka', 'Mars/Base', '', 5].map(isZone)).toEqual([true, false, false, false]);
  });
});
