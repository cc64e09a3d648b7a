import { trxIdPattern } from '@paymatch/vocabulary';
import type { PrintedTime } from './printed-time.js';
import type { TrxIdCheck } from './template.js';

const SPACES = /[\s\u200b-\u200d\u2060\ufeff]/g;

/**
 * A TrxID as customers type it, made comparable: spaces out, ASCII letters up. Other letters stay what they are and
 * match nothing.
 */
export function normaliseTrxId(typed: string): string {
  return typed.replace(SPACES, '').replace(/[a-z]/g, (letter) => letter.toUpperCase());
}

const TRX_ID = new RegExp(`^${trxIdPattern()}$`);

/** Whether a normalised TrxID can be one at all, of any provider. */
export function isTrxId(normalised: string): boolean {
  return TRX_ID.test(normalised);
}

/**
 * Characters 2 and 3 encode month (A–L) and day (1–9, A–V); inferred from 98 public messages, not documented by the
 * providers.
 */
function agreesWithDate(trxId: string, printed: PrintedTime, year: number): boolean {
  const month = trxId.charCodeAt(1) - 64;
  const day = Number.parseInt(trxId.charAt(2), 36);
  return year === printed.date.year && month === printed.date.month && day === printed.date.day;
}

/** bKash (and M-Pesa Mozambique): 0 = 2013 … 9 = 2022, A = 2023 and on. */
function bkashYear(trxId: string): number {
  return 2013 + Number.parseInt(trxId.charAt(0), 36);
}

/** M-Pesa Kenya: A = 2006 … T = 2025 and on. */
function mpesaYear(trxId: string): number {
  return 2006 + trxId.charCodeAt(0) - 65;
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const UPAY_TOLERANCE_MS = 3 * 60_000;

/** Milliseconds since 1970 in the time part of a ULID, `null` for letters it does not have (I, L, O, U). */
export function ulidTimeMs(trxId: string): number | null {
  let time = 0;
  for (const letter of trxId) {
    const value = CROCKFORD.indexOf(letter);
    if (value < 0) return null;
    time = time * 32 + value;
  }
  return time;
}

/** Holds an id against the printed time; `null` = nothing to say against it. */
export function trxIdDoubt(
  trxId: string,
  printed: PrintedTime,
  check: TrxIdCheck,
): 'trx_id_date_mismatch' | 'trx_id_time_mismatch' | null {
  switch (check) {
    case 'none':
      return null;
    case 'bkash_date':
      return agreesWithDate(trxId, printed, bkashYear(trxId)) ? null : 'trx_id_date_mismatch';
    case 'mpesa_date':
      return agreesWithDate(trxId, printed, mpesaYear(trxId)) ? null : 'trx_id_date_mismatch';
    case 'upay_time': {
      const encodedMs = ulidTimeMs(trxId);
      return encodedMs !== null && Math.abs(encodedMs - printed.fromMs) <= UPAY_TOLERANCE_MS
        ? null
        : 'trx_id_time_mismatch';
    }
  }
}
