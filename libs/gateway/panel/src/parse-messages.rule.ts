import { described, isWellFormed, json, type FieldRule } from '@paymatch/gateway-edge';
import { accountTypeRule, momentRule, providerRule } from './panel.rules.js';

const MESSAGES_MAX = 500;
const SENDER_LENGTH_MAX = 200;
const BODY_LENGTH_MAX = 10_000;

/**
 * `[{provider?, account, sender, body, received_at?}]`, as `npm run ops -- parse-sms` reads them line by line; the
 * first thing wrong is said with its place.
 */
export const messagesRule: FieldRule = described(
  json.list(
    json.object(
      {
        provider: json.orNull(providerRule.schema!),
        account: accountTypeRule.schema!,
        sender: json.text({ minLength: 1, maxLength: SENDER_LENGTH_MAX, examples: ['bKash'] }),
        body: json.text({ minLength: 1, maxLength: BODY_LENGTH_MAX }),
        received_at: json.orNull(momentRule.schema!),
      },
      { optional: ['provider', 'received_at'], additionalProperties: false },
    ),
    { minItems: 1, maxItems: MESSAGES_MAX },
  ),
  (value) => {
    if (!Array.isArray(value) || value.length === 0 || value.length > MESSAGES_MAX)
      return `Send a list of 1 to ${MESSAGES_MAX} messages.`;
    for (const [index, message] of value.entries()) {
      const problem = problemOf(message);
      if (problem !== null) return `Message ${index}: ${problem}`;
    }
    return null;
  },
);

function problemOf(message: unknown): string | null {
  if (typeof message !== 'object' || message === null || Array.isArray(message)) return 'Send an object.';
  const {
    provider = null,
    account,
    sender,
    body,
    received_at: receivedAt = null,
    ...rest
  } = message as Record<string, unknown>;
  const [unknownField] = Object.keys(rest);
  if (unknownField !== undefined) return `There is no field "${unknownField.slice(0, 100)}"; remove it.`;
  return (
    (provider === null ? null : providerRule(provider)) ??
    accountTypeRule(account) ??
    (isText(sender, SENDER_LENGTH_MAX) ? null : `Send a sender of 1 to ${SENDER_LENGTH_MAX} characters.`) ??
    (isText(body, BODY_LENGTH_MAX) ? null : `Send a body of 1 to ${BODY_LENGTH_MAX} characters.`) ??
    momentRule(receivedAt)
  );
}

function isText(value: unknown, lengthMax: number): boolean {
  return typeof value === 'string' && value.length > 0 && value.length <= lengthMax && isWellFormed(value);
}
