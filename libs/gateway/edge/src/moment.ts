/** RFC 3339 with offset. A `+` that nobody encoded arrives as a space. */
const MOMENT = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?:([Zz])|([+\- ])(\d{2}):(\d{2}))$/;

/**
 * A moment as ISO 8601 UTC with six decimals, or `null` when the text is none. Finer digits are rounded in the
 * direction given, so that an inclusive range takes in no microsecond that lies outside.
 */
export function readMoment(value: unknown, rounding: 'up' | 'down'): string | null {
  const match = typeof value === 'string' ? MOMENT.exec(value) : null;
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const midnight = new Date(Date.UTC(year, month - 1, day));
  if (
    year === 0 ||
    midnight.getUTCMonth() !== month - 1 ||
    midnight.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second > 59
  )
    return null;
  const [offsetHour, offsetMinute] = [Number(match[10] ?? 0), Number(match[11] ?? 0)];
  if (offsetHour > 23 || offsetMinute > 59) return null;
  const offsetMs = (match[9] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute) * 60_000;
  const digits = (match[7] ?? '').padEnd(9, '0');
  const isBetween = rounding === 'up' && digits.slice(6) !== '000';
  const micros = Number(digits.slice(0, 6)) + (isBetween ? 1 : 0);
  const wholeMs =
    Date.UTC(year, month - 1, day, hour, minute, second) - offsetMs + Math.floor(micros / 1_000_000) * 1_000;
  // `Date.UTC` reads years below 100 as of the last century.
  return year < 100
    ? null
    : `${new Date(wholeMs).toISOString().slice(0, -5)}.${String(micros % 1_000_000).padStart(6, '0')}Z`;
}
