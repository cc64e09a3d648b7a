import { hash } from 'node:crypto';
import { parseMinor } from '@paymatch/contracts';
import { isPrintable } from '@paymatch/gateway-edge';
import type { LinkAmount, LinkQuestion, PaymentLink } from '@paymatch/gateway-receiving';
import { isFormToken } from '../form-guard.js';
import { formField } from '../visitor.js';

const NAME_LENGTH_MAX = 100;
const INPUT_MAX = 300;

/** What was typed, so that a mistake does not cost it, and what is wrong with it. */
export interface LinkDraft {
  readonly amount: string;
  readonly name: string;
  readonly phone: string;
  readonly wrong: ReadonlySet<'amount' | 'name' | 'phone'>;
}

export const emptyLinkDraft: LinkDraft = { amount: '', name: '', phone: '', wrong: new Set() };

export interface LinkOrder {
  readonly amountMinor: number;
  readonly name: string | null;
  readonly phone: string | null;
  /** The same form, filled in the same way, has the same. */
  readonly key: Buffer;
}

export type LinkFormReading = { readonly order: LinkOrder } | { readonly draft: LinkDraft };

/** Reads the form against what the link asks for now; a price is the link's own, whatever was sent. */
export function readLinkForm(body: unknown, link: PaymentLink): LinkFormReading {
  const amount = fold(formField(body, 'amount'));
  const name = formField(body, 'name').slice(0, INPUT_MAX).trim();
  const phone = fold(formField(body, 'phone'));
  const wrong = new Set<'amount' | 'name' | 'phone'>();
  const amountMinor = readAmount(amount, link.amount);
  if (amountMinor === null) wrong.add('amount');
  if (!isAnswered(name, link.asksName, isName)) wrong.add('name');
  if (!isAnswered(phone, link.asksPhone, isPhone)) wrong.add('phone');
  if (amountMinor === null || wrong.size > 0) return { draft: { amount, name, phone, wrong } };
  const answers = {
    amountMinor,
    name: link.asksName === 'no' || name === '' ? null : name,
    phone: link.asksPhone === 'no' || phone === '' ? null : phone.replace(/[ ()-]/g, ''),
  };
  return { order: { ...answers, key: orderKey(formField(body, 'order'), answers) } };
}

/** Digits as people type them: Bangla ones, with commas between thousands, with spaces. */
function fold(text: string): string {
  return text
    .slice(0, INPUT_MAX)
    .normalize('NFKC')
    .replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6))
    .replace(/\p{Cf}/gu, '')
    .trim();
}

function readAmount(typed: string, amount: LinkAmount): number | null {
  if (amount.fixedMinor !== null) return amount.fixedMinor;
  const minor = parseMinor(typed.replace(/^৳\s*/, '').replace(/,(?=\d{2,3}(?:\D|$))/g, ''));
  return minor !== undefined && minor >= amount.minMinor && minor <= amount.maxMinor ? minor : null;
}

function isAnswered(text: string, question: LinkQuestion, isRight: (text: string) => boolean): boolean {
  if (question === 'no') return true;
  return text === '' ? question === 'optional' : isRight(text);
}

function isName(text: string): boolean {
  return [...text].length <= NAME_LENGTH_MAX && isPrintable(text);
}

function isPhone(text: string): boolean {
  return /^\+?[0-9](?:[ ()-]*[0-9]){5,14}$/.test(text);
}

/** A form without the page's token is an order of its own: nothing tells it from another. */
function orderKey(token: string, answers: object): Buffer {
  const name = isFormToken(token) ? token : crypto.randomUUID();
  return hash('sha256', `${name} ${JSON.stringify(answers)}`, 'buffer');
}
