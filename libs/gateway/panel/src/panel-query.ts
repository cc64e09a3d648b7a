import { isUuid } from '@paymatch/contracts';
import { validationProblem } from '@paymatch/gateway-edge';
import { momentRule, readPaymentId } from './panel.rules.js';

const LIMIT = 50;
const LIMIT_MAX = 100;

/** `limit` of a list, 1 to 100. */
export function readLimit(text: unknown): number {
  if (text === undefined) return LIMIT;
  const limit = typeof text === 'string' && /^[0-9]{1,3}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > LIMIT_MAX)
    throw validationProblem({ limit: [`The limit must be a whole number from 1 to ${LIMIT_MAX}.`] });
  return limit;
}

/** One of a few words, or nothing. */
export function readWord<Word extends string>(
  query: Readonly<Record<string, unknown>>,
  name: string,
  words: readonly Word[],
): Word | null {
  const value = query[name];
  if (value === undefined) return null;
  if (!words.includes(value as Word))
    throw validationProblem({ [name]: [`The ${name} must be one of ${words.join(', ')}.`] });
  return value as Word;
}

/** A moment with its offset, as UTC. */
export function readMoment(query: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = query[name];
  if (value === undefined) return null;
  const problem = momentRule(value);
  if (problem !== null) throw validationProblem({ [name]: [problem] });
  return new Date(value as string).toISOString();
}

/** A value that a rule says something about. */
export function readRuled(
  query: Readonly<Record<string, unknown>>,
  name: string,
  rule: (value: unknown) => string | null,
): string | null {
  const value = query[name];
  if (value === undefined) return null;
  const problem = rule(value);
  if (problem !== null) throw validationProblem({ [name]: [problem] });
  return value as string;
}

/** The id of a thing of ours. */
export function readId(query: Readonly<Record<string, unknown>>, name: string): string | null {
  const value = query[name];
  if (value === undefined) return null;
  if (typeof value !== 'string' || !isUuid(value)) throw validationProblem({ [name]: [`Send the ${name} as a UUID.`] });
  return value;
}

/** A payment's id in either spelling. */
export function readPayment(query: Readonly<Record<string, unknown>>): string | null {
  const value = query['payment_id'];
  if (value === undefined) return null;
  const paymentId = typeof value === 'string' ? readPaymentId(value) : undefined;
  if (paymentId === undefined) throw validationProblem({ payment_id: ['Send the id of a payment.'] });
  return paymentId;
}
