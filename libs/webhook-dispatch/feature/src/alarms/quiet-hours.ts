const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

/** From one minute of the day to another, by the clock of a zone; it may go over midnight. */
export interface QuietHours {
  readonly fromMinute: number;
  readonly toMinute: number;
  readonly zone: string;
}

/** For how long it is still quiet at that moment; 0: it is not. */
export function quietForMs(hours: QuietHours, nowMs: number): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: hours.zone,
    hourCycle: 'h23',
    hour: 'numeric',
    minute: 'numeric',
  }).formatToParts(nowMs);
  const part = (type: string): number => Number(parts.find((one) => one.type === type)?.value);
  const minute = part('hour') * 60 + part('minute');
  const after = (from: number, to: number): number => (to - from + DAY_MINUTES) % DAY_MINUTES;
  if (after(hours.fromMinute, minute) >= after(hours.fromMinute, hours.toMinute)) return 0;
  return after(minute, hours.toMinute) * MINUTE_MS - (nowMs % MINUTE_MS);
}

/** `22:30` as minutes of the day; `null` for anything else. */
export function minuteOfDay(text: unknown): number | null {
  const match = typeof text === 'string' ? /^([01][0-9]|2[0-3]):([0-5][0-9])$/.exec(text) : null;
  return match === null ? null : Number(match[1]) * 60 + Number(match[2]);
}

export function textOfMinute(minute: number): string {
  return `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
}

export function isZone(zone: unknown): zone is string {
  if (typeof zone !== 'string' || zone.length > 64) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
