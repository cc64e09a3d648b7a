const DAY_MS = 86_400_000;

/** How far the zone's clock is ahead of UTC at that moment. */
function offsetMs(atMs: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(atMs);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'), part('second'));
  return local - Math.floor(atMs / 1_000) * 1_000;
}

/** The moment at which the day of that zone began in which a moment lies, or that day some days before. */
export function startOfDay(atMs: number, zone: string, daysBefore = 0): number {
  const localDay = Math.floor((atMs + offsetMs(atMs, zone)) / DAY_MS) - daysBefore;
  const guess = localDay * DAY_MS - offsetMs(localDay * DAY_MS, zone);
  // Where the clock was changed between UTC's midnight and the zone's, the second look is right.
  return localDay * DAY_MS - offsetMs(guess, zone);
}
