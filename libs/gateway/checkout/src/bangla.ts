import { dhakaTime } from '@paymatch/contracts';

/** Digits as Bangla writes them: for what is read, never for what is copied or dialled. */
export function inBanglaDigits(text: string | number): string {
  return String(text).replace(/[0-9]/g, (digit) => String.fromCharCode(0x09e6 + Number(digit)));
}

/** The parts of the day, and the hour each begins at (CLDR 46, `bn`): a clock has no AM and PM. */
const DAY_PARTS: readonly (readonly [fromHour: number, name: string])[] = [
  [20, 'রাত'],
  [18, 'সন্ধ্যা'],
  [16, 'বিকাল'],
  [12, 'দুপুর'],
  [6, 'সকাল'],
  [4, 'ভোর'],
  [0, 'রাত'],
];

/** `দুপুর ২:৩০`, by the clock of Dhaka. */
export function banglaClock(iso: string): string {
  const local = dhakaTime(iso);
  const hour = Number(local.slice(11, 13));
  const part = DAY_PARTS.find(([fromHour]) => hour >= fromHour)![1];
  return `${part} ${inBanglaDigits(`${hour % 12 === 0 ? 12 : hour % 12}:${local.slice(14, 16)}`)}`;
}

const MONTHS = [
  'জানুয়ারি',
  'ফেব্রুয়ারি',
  'মার্চ',
  'এপ্রিল',
  'মে',
  'জুন',
  'জুলাই',
  'আগস্ট',
  'সেপ্টেম্বর',
  'অক্টোবর',
  'নভেম্বর',
  'ডিসেম্বর',
];

/** `১২ জুন ২০২৬, দুপুর ২:৩০`. */
export function banglaMoment(iso: string): string {
  const [year, month, day] = dhakaTime(iso).slice(0, 10).split('-');
  return `${inBanglaDigits(Number(day))} ${MONTHS[Number(month) - 1]} ${inBanglaDigits(year!)}, ${banglaClock(iso)}`;
}
