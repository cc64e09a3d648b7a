import {
  bodySchema,
  idempotencyKey,
  json,
  rateHeaders,
  type ApiAnswer,
  type ApiAnswers,
  type ApiOperation,
  type JsonSchema,
} from '@paymatch/gateway-edge';
import { WhyDto } from '../panel.dto.js';

export const problem = (description: string, codes: readonly string[], headers: readonly string[] = []): ApiAnswer => ({
  description,
  contentType: 'application/problem+json',
  headers: [...rateHeaders, ...headers],
  schema: {
    allOf: [problemSchema, { properties: { type: { enum: codes.map((code) => `urn:paymatch:problem:${code}`) } } }],
  },
});

const problemSchema = json.named(
  'Problem',
  json.object(
    {
      type: json.text({ examples: ['urn:paymatch:problem:validation-error'] }),
      title: json.text(),
      status: json.integer(),
      detail: json.text(),
      instance: json.text({ description: 'Leads to the log: `urn:request:` and the id of `X-Request-Id`.' }),
      errors: json.list(
        json.object(
          { detail: json.text(), pointer: json.text({ description: 'Into the body (RFC 6901).' }) },
          { optional: ['pointer'] },
        ),
      ),
    },
    { optional: ['errors'], description: 'RFC 9457.' },
  ),
);

const always: ApiAnswers = {
  400: problem('The body is not JSON in UTF-8, the address cannot be decoded, or no merchant is named.', [
    'malformed-request',
    'merchant-not-named',
  ]),
  401: problem('The key is missing, unknown, revoked or expired, or nobody is signed in.', ['authentication-error']),
  403: problem('The merchant is suspended, or the key lacks `account:write`, or the role does not allow it.', [
    'merchant-suspended',
    'ability-denied',
    'role-not-enough',
    'step-up-required',
    'csrf-token-wrong',
    'origin-not-own',
    'people-only',
  ]),
  404: problem('There is nothing with this id, or no such merchant among those of whoever is signed in.', [
    'not-found',
  ]),
  429: problem('Too many requests a minute, or too many bad keys from one address.', ['rate-limited'], ['Retry-After']),
  500: problem('Something went wrong here; it has been written down.', ['fault']),
  503: problem(
    'Not available at this moment; repeating the request is safe.',
    ['service-unavailable'],
    ['Retry-After'],
  ),
};
const invalid = {
  422: problem('What was sent is not as described; `errors` says what to mend.', ['validation-error']),
};
const unknownId = (codes: readonly string[] = ['not-found']): ApiAnswers => ({
  404: problem('There is nothing with this id in the mode of the key.', [...new Set(['not-found', ...codes])]),
});
const unreadable: ApiAnswers = {
  413: problem('The body is too long.', ['body-too-large']),
  415: problem('The body is of a kind that is not read here.', ['unsupported-media-type']),
};
const overPlan: ApiAnswers = {
  402: problem("The operator's plan for this merchant has no room for one more.", [
    'subscription-required',
    'plan-limit-reached',
    'transaction-limit-reached',
  ]),
};

/** What may stand in the way of a route, beside what may stand in the way of any. */
export interface PanelRefusals {
  /** Words of 409. */
  readonly conflicts?: readonly string[];
  /** Words of 404, where they are not those of an unknown id. */
  readonly missing?: readonly string[];
  readonly isPlanned?: boolean;
}

type Route = Pick<ApiOperation, 'path' | 'id' | 'tag' | 'summary' | 'description' | 'params' | 'query' | 'body'> & {
  /** Of the answer's whole body. */
  readonly answer: JsonSchema;
  readonly refusals?: PanelRefusals;
};

/** A GET. */
export function shows({ answer, refusals = {}, ...route }: Route): ApiOperation {
  return {
    ...route,
    method: 'get',
    answers: {
      200: { description: 'As it is now.', schema: answer, headers: rateHeaders },
      ...always,
      ...(hasId(route) || refusals.missing !== undefined ? unknownId(refusals.missing) : {}),
      ...(route.query !== undefined && invalid),
      ...conflict(refusals.conflicts ?? []),
    },
  };
}

/** A GET whose answer is a table, sent as it is read. */
export function showsCsv(route: Omit<Route, 'answer'>): ApiOperation {
  const { refusals = {}, ...shown } = route;
  return {
    ...shown,
    method: 'get',
    answers: {
      200: {
        description: 'A table with one line of names; times are of the zone that is named there.',
        contentType: 'text/csv',
        schema: json.text(),
        headers: rateHeaders,
      },
      ...always,
      ...(refusals.missing === undefined ? {} : unknownId(refusals.missing)),
      ...invalid,
    },
  };
}

/** Anything that changes something and may be repeated: PUT, PATCH, DELETE, and POSTs that say how things shall be. */
export function sets({
  method,
  answer,
  refusals = {},
  ...route
}: Route & { readonly method: ApiOperation['method'] }): ApiOperation {
  return {
    ...route,
    method,
    answers: {
      200: { description: 'As it is now.', schema: answer, headers: rateHeaders },
      ...always,
      ...unreadable,
      ...invalid,
      ...(hasId(route) || refusals.missing !== undefined ? unknownId(refusals.missing) : {}),
      ...conflict(refusals.conflicts ?? []),
    },
  };
}

/** A POST that is done once for each `Idempotency-Key`. */
export function does({ answer, refusals = {}, status, ...route }: Route & { readonly status: number }): ApiOperation {
  return {
    ...route,
    method: 'post',
    headers: idempotencyKey,
    answers: {
      [status]: { description: 'Done.', schema: answer, headers: [...rateHeaders, 'Idempotent-Replayed'] },
      ...always,
      ...unreadable,
      422: problem('What was sent is not as described, or the key was used for something else.', [
        'validation-error',
        'idempotency-key',
      ]),
      ...(refusals.isPlanned === true && overPlan),
      ...(hasId(route) || refusals.missing !== undefined ? unknownId(refusals.missing) : {}),
      ...conflict(['idempotency-conflict', ...(refusals.conflicts ?? [])]),
    },
  };
}

function conflict(codes: readonly string[]): ApiAnswers {
  return codes.length === 0 ? {} : { 409: problem('Not as things stand.', codes, ['Retry-After']) };
}

function hasId({ path }: Pick<Route, 'path'>): boolean {
  return path.includes(':');
}

export const dataOf = (schema: JsonSchema): JsonSchema => json.object({ data: schema });
export const listOf = (schema: JsonSchema): JsonSchema => dataOf(json.list(schema));

/** For POSTs that take nothing. */
/** For what touches money or access: the reason is kept in the audit log. */
export const why: NonNullable<ApiOperation['body']> = {
  schema: bodySchema(WhyDto, 'refused'),
  isRequired: true,
  example: { reason: 'asked for by phone' },
};

export const noFields: NonNullable<ApiOperation['body']> = {
  schema: json.object({}, { additionalProperties: false }),
  isRequired: false,
};
