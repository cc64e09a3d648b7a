/** Zones messages are printed in; none of them has daylight saving time (Brazil ended it in 2019). */
export type Zone = 'Asia/Dhaka' | 'Africa/Nairobi' | 'Africa/Maputo' | 'Africa/Dar_es_Salaam' | 'America/Sao_Paulo';

const OFFSET_MINUTES: Readonly<Record<Zone, number>> = {
  'Asia/Dhaka': 360,
  'Africa/Nairobi': 180,
  'Africa/Maputo': 120,
  'Africa/Dar_es_Salaam': 180,
  'America/Sao_Paulo': -180,
};
const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const MONTH_NAME = MONTHS.map((name) => `${name[0]}(?:${name.slice(1)}|${name.slice(1).toLowerCase()})`).join('|');

/** Letters of a layout; `y` is a year of four digits or two. */
const LETTERS: Readonly<Record<string, string>> = {
  dd: '(?<at_day>[0-9]{2})',
  d: '(?<at_day>[0-9]{1,2})',
  MM: '(?<at_month>[0-9]{2})',
  M: '(?<at_month>[0-9]{1,2})',
  MON: `(?<at_name>${MONTH_NAME})`,
  yyyy: '(?<at_year>[0-9]{4})',
  yy: '(?<at_year>[0-9]{2})',
  y: '(?<at_year>[0-9]{4}|[0-9]{2})',
  HH: '(?<at_hour>[0-9]{2})',
  hh: '(?<at_hour>[0-9]{2})',
  h: '(?<at_hour>[0-9]{1,2})',
  mm: '(?<at_minute>[0-9]{2})',
  ss: '(?<at_second>[0-9]{2})',
  a: '(?<at_half>[AaPp][Mm])',
};
const TOKEN = /'([^']{1,10})'|yyyy|yy|y|dd|d|MON|MM|M|HH|hh|h|mm|ss|a|[\s\S]/g;

export interface PrintedTime {
  /** `2026-08-14T11:07:00`, or `2026-08-14` when no time is printed. */
  readonly local: string;
  /** Local calendar date, for ids that encode it. */
  readonly date: { readonly year: number; readonly month: number; readonly day: number };
  /** The first and last moment the text can mean, ms since 1970. */
  readonly fromMs: number;
  readonly toMs: number;
}

/** The layout as a regular expression with the groups {@link readTime} reads. */
export function timePattern(layout: string): string {
  return layout.replace(TOKEN, (token: string, literal: string | undefined) => {
    if (literal !== undefined) return escapeRegExp(literal);
    return LETTERS[token] ?? escapeRegExp(token);
  });
}

export function escapeRegExp(literal: string): string {
  return literal.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/** Reads the groups of a matched layout; `null` when the calendar or the clock has no such moment. */
export function readTime(groups: Readonly<Record<string, string | undefined>>, zone: Zone): PrintedTime | null {
  const year = fullYear(groups.at_year ?? '');
  const month =
    groups.at_name === undefined ? Number(groups.at_month) : MONTHS.indexOf(groups.at_name.toUpperCase()) + 1;
  const day = Number(groups.at_day);
  if (year === null || !isCalendarDay(year, month, day)) return null;
  const clock = groups.at_hour === undefined ? null : readClock(groups);
  if (clock === undefined) return null;
  const midnightMs = Date.UTC(year, month - 1, day) - OFFSET_MINUTES[zone] * 60_000;
  const date = { year, month, day };
  const dateText = `${year}-${two(month)}-${two(day)}`;
  if (clock === null) return { local: dateText, date, fromMs: midnightMs, toMs: midnightMs + 86_399_999 };
  const fromMs = midnightMs + ((clock.hour * 60 + clock.minute) * 60 + (clock.second ?? 0)) * 1_000;
  const local = `${dateText}T${two(clock.hour)}:${two(clock.minute)}:${two(clock.second ?? 0)}`;
  return { local, date, fromMs, toMs: fromMs + (clock.second === null ? 59_999 : 999) };
}

const two = (value: number): string => String(value).padStart(2, '0');

function fullYear(text: string): number | null {
  if (text.length === 2) return 2000 + Number(text);
  const year = Number(text);
  return text.length === 4 && year >= 2000 && year < 2100 ? year : null;
}

function isCalendarDay(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `undefined` = no such time of day. */
function readClock(
  groups: Readonly<Record<string, string | undefined>>,
): { hour: number; minute: number; second: number | null } | undefined {
  const printedHour = Number(groups.at_hour);
  const minute = Number(groups.at_minute);
  const second = groups.at_second === undefined ? null : Number(groups.at_second);
  if (minute > 59 || (second ?? 0) > 59) return undefined;
  if (groups.at_half === undefined) return printedHour <= 23 ? { hour: printedHour, minute, second } : undefined;
  if (printedHour < 1 || printedHour > 12) return undefined;
  return { hour: (printedHour % 12) + (groups.at_half.toLowerCase() === 'pm' ? 12 : 0), minute, second };
}
