import { isUtf8 } from 'node:buffer';
import type { Payer } from './payer.js';

/** One movement on the account as the bank lists it. */
export interface StatementLine {
  /** Where in the file, counted from 1. */
  readonly lineNo: number;
  /** As it stands in the file. */
  readonly text: string;
  /** The day the bank booked it, `2026-06-12`; banks print no reliable time. */
  readonly postedOn: string;
  /** Minor units; money that went out is negative. */
  readonly amountMinor: number;
  readonly description: string;
  readonly payer: Payer;
  /** The bank's own id of the movement (OFX FITID, a CSV's identifier column). */
  readonly bankId: string | null;
  readonly balanceMinor: number | null;
  /** The account's number where the file says it. */
  readonly account: string | null;
}

export type StatementProblem =
  | 'not_a_statement'
  | 'no_header'
  | 'too_many_lines'
  | 'not_in_brl'
  | 'not_a_bank_account'
  | 'broken_quotes'
  | 'bad_date'
  | 'bad_amount'
  | 'bad_text';

export interface StatementFault {
  readonly lineNo: number;
  readonly problem: StatementProblem;
}

/** A statement as it was read: all of it, or with the faults that must be mended first. */
export interface Statement {
  readonly lines: readonly StatementLine[];
  readonly faults: readonly StatementFault[];
}

export const statementBytesMax = 1_048_576;
export const statementLinesMax = 5_000;

/**
 * A file's text: UTF-8 where it is valid, otherwise Windows-1252 (a superset of Latin-1's letters), which is what
 * Brazilian banks write.
 */
export function decodeStatement(bytes: Uint8Array): string {
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);
}

/** A NUL tells of UTF-16 or of no text at all. */
export function hasBadText(text: string): boolean {
  return text.includes('\0');
}

/** What is wrong with the whole file. */
export function onlyFault(problem: StatementProblem, lineNo = 1): Statement {
  return { lines: [], faults: [{ lineNo, problem }] };
}

const BR = /^(?:\d{1,3}(?:\.\d{3}){1,4}|\d{1,13})(?:,(\d{1,2}))?$/;
const DOTTED = /^(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,13})\.(\d{1,2})$/;

/**
 * Minor units of a printed sum, negative for money out: `1.234,56`, `-1234.56`, `R$ 10,00`, `(10,00)`, `10,00 D`.
 * `null` for what can be read in two ways (`1,234`) and for anything else. Never a float.
 */
export function readStatementAmount(printed: string): number | null {
  let text = printed.replace(/[\s\u00a0]|R\$|BRL/gi, '').replace(/\u2212/g, '-');
  let sign = 1;
  const side = /^(.*\d)([CD])$/i.exec(text);
  if (side !== null) {
    text = side[1]!;
    if (side[2]!.toUpperCase() === 'D') sign = -1;
  }
  const bracketed = /^\((.*)\)$/.exec(text);
  if (bracketed !== null) {
    text = bracketed[1]!;
    sign = -1;
  }
  const signed = /^([+-]?)(.*?)(-?)$/.exec(text)!;
  if (signed[1] === '-' || signed[3] === '-') sign = -1;
  text = signed[2]!;
  const decimals = BR.exec(text) ?? DOTTED.exec(text);
  if (decimals === null || (signed[1] !== '' && signed[3] !== '')) return null;
  const whole = text.replace(/[.,]\d{1,2}$/, '').replace(/[.,]/g, '');
  return sign * (Number(whole) * 100 + Number((decimals[1] ?? '').padEnd(2, '0'))) + 0;
}

/**
 * `12/06/2026`, `12-06-26`, `2026-06-12`, with or without a time behind it, as `2026-06-12`; days that no calendar has
 * are `null`.
 */
export function readStatementDay(printed: string): string | null {
  const text = printed.trim();
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:[\sT].*)?$/.exec(text);
  const iso = /^(\d{4})-(\d{2})-(\d{2})(?:[\sT].*)?$/.exec(text);
  const parts =
    local === null ? iso?.slice(1) : [local[3]!.length === 2 ? `20${local[3]}` : local[3]!, local[2]!, local[1]!];
  return parts === undefined ? null : calendarDay(Number(parts[0]), Number(parts[1]), Number(parts[2]));
}

export function calendarDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 2000 || year > 2099 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}
