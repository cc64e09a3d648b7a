import { dhakaTime, formatMinor } from '@paymatch/contracts';

const SIGNS: Readonly<Record<string, string>> = { BDT: '৳', BRL: 'R$', USD: '$' };

export interface MoneyText {
  readonly sign: string;
  /** Whole units with Bangladeshi grouping (1,50,000). */
  readonly whole: string;
  readonly fraction: string;
  /** What a wallet's amount field takes: no sign, no grouping. */
  readonly plain: string;
  readonly full: string;
}

export function moneyText(minor: number, currency: string): MoneyText {
  const plain = formatMinor(minor);
  const [digits = '', fraction = ''] = plain.split('.');
  const sign = SIGNS[currency] ?? `${currency} `;
  const whole = groupLakh(digits);
  return { sign, whole, fraction, plain, full: `${sign}${whole}.${fraction}` };
}

/** Last three digits, then pairs, as amounts are written in Bangladesh. */
function groupLakh(digits: string): string {
  if (digits.length <= 3) return digits;
  return `${digits.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ',')},${digits.slice(-3)}`;
}

/** `3:04 PM` in Bangladesh. */
export function clockText(iso: string): string {
  const local = dhakaTime(iso);
  const hour = Number(local.slice(11, 13));
  return `${hour % 12 === 0 ? 12 : hour % 12}:${local.slice(14, 16)} ${hour < 12 ? 'AM' : 'PM'}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12 Jun 2026, 3:04 PM` in Bangladesh. */
export function momentText(iso: string): string {
  const [year, month, day] = dhakaTime(iso).slice(0, 10).split('-');
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}, ${clockText(iso)}`;
}
