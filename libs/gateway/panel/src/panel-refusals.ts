import type { CreditRefusalCode, ParkingRefusalCode, StatementReading, WebhookRefusalCode } from '@paymatch/contracts';
import { Problem, validationProblem } from '@paymatch/gateway-edge';

export function notFound(): Problem {
  return new Problem(404, 'not-found', { detail: 'There is nothing with this id.' });
}

export type Refusals<Code extends string> = Readonly<
  Record<Code, (details: Readonly<Record<string, unknown>>) => Problem>
>;

export const WEBHOOK_REFUSALS: Refusals<WebhookRefusalCode> = {
  ENDPOINT_NOT_FOUND: notFound,
  TOO_MANY_ENDPOINTS: ({ max }) =>
    new Problem(409, 'too-many-endpoints', {
      detail: `There are ${String(max)} endpoints of this mode already; remove one first.`,
    }),
  ENDPOINT_NOT_OPEN: () =>
    new Problem(409, 'endpoint-not-open', {
      detail:
        'The endpoint of this delivery is removed, disabled or has no URL; what is held for it is sent once it is open.',
    }),
  DELIVERY_CLOSED: ({ status }) =>
    new Problem(409, 'delivery-closed', {
      detail:
        `This delivery is ${String(status)}: a newer event of its payment was sent instead, or its endpoint was ` +
        'removed.',
    }),
  DELIVERY_NOT_FOUND: notFound,
  DELIVERY_PRUNED: () =>
    new Problem(409, 'delivery-pruned', { detail: 'What was sent is too old to be kept, and cannot be sent again.' }),
  TEST_EVENT_NOT_FOUND: notFound,
  ENDPOINT_HAS_NO_URL: () => new Problem(409, 'endpoint-has-no-url', { detail: 'Give the endpoint a URL first.' }),
  TOO_MANY_TEST_EVENTS: ({ max }) =>
    new Problem(409, 'too-many-test-events', {
      detail: `${String(max)} test events are still to be sent; wait for them.`,
      retryAfterSeconds: 10,
    }),
  EVENT_NOT_FOUND: notFound,
  REPLAY_NOT_FOUND: notFound,
  URL_NOT_ALLOWED: ({ reason }) =>
    validationProblem({
      url: [`This address cannot be a webhook endpoint (${String(reason)}); give a public https address.`],
    }),
  INVALID_COMMAND: ({ field }) =>
    validationProblem({ [typeof field === 'string' ? fieldName(field) : 'body']: ['This value is not accepted.'] }),
};

/** As the panel spells what the command calls by another name. */
function fieldName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export const PARKING_REFUSALS: Refusals<ParkingRefusalCode> = {
  PARKED_NOT_FOUND: notFound,
  INVALID_COMMAND: () => validationProblem({ body: ['This value is not accepted.'] }),
};

export const CREDIT_REFUSALS: Refusals<CreditRefusalCode> = {
  CREDIT_NOT_FOUND: notFound,
  PARKED_NOT_FOUND: notFound,
  CASE_NOT_FOUND: notFound,
  CASE_CLOSED: () => new Problem(409, 'case-closed', { detail: 'This case has been decided already.' }),
  CASE_HAS_NO_CREDIT: () =>
    new Problem(409, 'case-has-no-credit', {
      detail: 'This case holds no money that could be assigned; it can only be ignored.',
    }),
  CASE_HAS_CREDIT: () =>
    new Problem(409, 'case-has-credit', {
      detail: 'This case holds money already; assign that money instead of entering it again.',
    }),
  CASE_HAS_NO_PAYMENT: () =>
    validationProblem({ payment_id: ['This case names no payment; send the id of the one that is meant.'] }),
  CASE_NOT_PROPOSED: () =>
    new Problem(409, 'case-not-proposed', {
      detail: 'There is no credit in this case that waits for a second person.',
    }),
  CREDIT_EXISTS: (details) =>
    new Problem(409, 'credit-exists', {
      detail: `Money with this TrxID is known already${inCase(details)}; it cannot be entered again.`,
    }),
  ENTRY_ALREADY_PROPOSED: (details) =>
    new Problem(409, 'entry-already-proposed', {
      detail: `Somebody has proposed this credit already${inCase(details)}; confirm it there.`,
    }),
  SAME_PERSON: () =>
    new Problem(409, 'same-person', {
      detail: 'Whoever proposed a credit cannot confirm it; a second person must, with a key of their own.',
    }),
  CASE_IN_PROGRESS: () =>
    new Problem(409, 'case-in-progress', {
      detail: 'This money is being given to a payment at this moment; look at the case again shortly.',
      retryAfterSeconds: 1,
    }),
  CREDIT_ALREADY_USED: () =>
    new Problem(409, 'credit-already-used', { detail: 'This money has completed a payment already.' }),
  STATEMENT_UNREADABLE: ({ faults }) =>
    unreadableStatement(Array.isArray(faults) ? (faults as readonly StatementFault[]) : []),
  INVALID_COMMAND: (details) => validationProblem({ [invalidField(details)]: ['This value is not accepted.'] }),
};

type StatementFault = StatementReading['faults'][number];

/** Nothing of the file was taken: each line that must be mended, by its number. */
function unreadableStatement(faults: readonly StatementFault[]): Problem {
  return validationProblem({ statement: faults.map(({ line, problem }) => `line ${line}: ${problem}`) });
}

function inCase({ caseId }: Readonly<Record<string, unknown>>): string {
  return typeof caseId === 'string' ? ` (case ${caseId})` : '';
}

const FIELD_OF: Readonly<Record<string, string>> = {
  trxId: 'trx_id',
  amountMinor: 'amount',
  receivedAt: 'received_at',
  paymentId: 'payment_id',
  caseId: 'case_id',
  note: 'note',
};

function invalidField(details: Readonly<Record<string, unknown>>): string {
  return FIELD_OF[Object.keys(details)[0] ?? ''] ?? 'body';
}
