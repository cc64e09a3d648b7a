import { dhakaTime, formatMinor, type PaymentSnapshot } from '@paymatch/contracts';
import { banglaClock, banglaMoment, inBanglaDigits } from '../bangla.js';
import type { Language } from '../language.js';

const SIGNS: Readonly<Record<string, string>> = { BDT: '৳', BRL: 'R$\u00a0', USD: '$' };

export interface MoneyText {
  readonly sign: string;
  /** Whole units, grouped as the currency's country does: 1,50,000 in Bangladesh, 150.000 in Brazil. */
  readonly whole: string;
  /** What stands before the fraction. */
  readonly point: string;
  readonly fraction: string;
  /** What a wallet's amount field takes: no sign, no grouping. */
  readonly plain: string;
  readonly full: string;
}

/** Bangla reads its own digits; what is copied (`plain`) is what an app takes. */
export function moneyText(minor: number, currency: string, language: Language = 'en'): MoneyText {
  const plain = formatMinor(minor);
  const [digits = '', fraction = ''] = plain.split('.');
  const sign = SIGNS[currency] ?? `${currency} `;
  const isBrazilian = currency === 'BRL';
  const shown = (text: string): string => (language === 'bn' ? inBanglaDigits(text) : text);
  const whole = shown(isBrazilian ? groupThousands(digits) : groupLakh(digits));
  const point = isBrazilian ? ',' : '.';
  // A wallet's amount field takes a dot, a Brazilian bank's a comma.
  return {
    sign,
    whole,
    point,
    fraction: shown(fraction),
    plain: `${digits}${point}${fraction}`,
    full: `${sign}${whole}${point}${shown(fraction)}`,
  };
}

/** Last three digits, then pairs, as amounts are written in Bangladesh. */
function groupLakh(digits: string): string {
  if (digits.length <= 3) return digits;
  return `${digits.slice(0, -3).replace(/\B(?=(\d{2})+$)/g, ',')},${digits.slice(-3)}`;
}

function groupThousands(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, '.');
}

const BRASILIA_OFFSET_MS = -3 * 3_600_000;

/** `12/06/2026 14:30` in Brasília, which has had no daylight saving since 2019. */
function brasiliaText(iso: string): string {
  const local = new Date(Date.parse(iso) + BRASILIA_OFFSET_MS).toISOString();
  const [year, month, day] = local.slice(0, 10).split('-');
  return `${day}/${month}/${year} ${local.slice(11, 16)}`;
}

/** Whose clock, and whose words. */
export interface TimeStyle {
  readonly dialect: PaymentSnapshot['dialect'];
  readonly language: Language;
}

/** `3:04 PM` in Bangladesh, `দুপুর ৩:০৪` in Bangla; in Brazil with its day: a transfer may take until tomorrow. */
export function clockText(iso: string, style: TimeStyle): string {
  if (style.dialect === 'smartfastpay') return brazilianMoment(iso, style.language);
  if (style.language === 'bn') return banglaClock(iso);
  if (style.language === 'pt') return dhakaTime(iso).slice(11, 16);
  const local = dhakaTime(iso);
  const hour = Number(local.slice(11, 13));
  return `${hour % 12 === 0 ? 12 : hour % 12}:${local.slice(14, 16)} ${hour < 12 ? 'AM' : 'PM'}`;
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `12 Jun 2026, 3:04 PM` in Bangladesh. */
export function momentText(iso: string, style: TimeStyle): string {
  if (style.dialect === 'smartfastpay') return brazilianMoment(iso, style.language);
  if (style.language === 'bn') return banglaMoment(iso);
  const [year, month, day] = dhakaTime(iso).slice(0, 10).split('-');
  if (style.language === 'pt') return `${day}/${month}/${year} ${clockText(iso, style)}`;
  return `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}, ${clockText(iso, style)}`;
}

/** The clock alone for what ends today, else with its day. */
export function deadlineText(iso: string, nowMs: number, style: TimeStyle): string {
  const isToday = dhakaTime(iso).slice(0, 10) === dhakaTime(new Date(nowMs).toISOString()).slice(0, 10);
  return isToday ? clockText(iso, style) : momentText(iso, style);
}

function brazilianMoment(iso: string, language: Language): string {
  return language === 'bn' ? inBanglaDigits(brasiliaText(iso)) : brasiliaText(iso);
}
