import { json, type ApiAnswer, type ApiAnswers, type JsonSchema } from '@paymatch/gateway-edge';

const problemFields = {
  type: json.text({ examples: ['urn:paymatch:problem:not-authorised'] }),
  title: json.text(),
  status: json.integer(),
  detail: json.text(),
  instance: json.text({ description: 'Leads to the log: `urn:request:` and the id of `X-Request-Id`.' }),
};

const problem = (
  description: string,
  codes: readonly string[],
  about: { readonly members?: Readonly<Record<string, JsonSchema>>; readonly headers?: readonly string[] } = {},
): ApiAnswer => ({
  description,
  contentType: 'application/problem+json',
  headers: about.headers ?? [],
  schema: json.object(
    {
      ...problemFields,
      type: json.words(codes.map((code) => `urn:paymatch:problem:${code}`)),
      ...about.members,
    },
    { optional: Object.keys(about.members ?? {}) },
  ),
});

export const answered = (description: string, schema: JsonSchema, example: unknown): ApiAnswer => ({
  description,
  schema,
  example,
});

/** What any call may be answered with. */
const always: ApiAnswers = {
  400: problem('The body is not JSON in UTF-8.', ['not-json', 'bad-request', 'malformed-request']),
  413: problem('The body is longer than 1,048,576 bytes.', ['too-large']),
  429: problem('Too many requests of this address were refused.', ['rate-limited'], { headers: ['Retry-After'] }),
  500: problem('Something went wrong here; send it again.', ['fault']),
  503: problem('It could not be stored now; send it again.', ['unavailable', 'service-unavailable'], {
    headers: ['Retry-After'],
  }),
};

const wrongBody: ApiAnswers = {
  422: problem('The body is not as described.', ['invalid-body'], {
    members: { errors: json.list(json.object({ detail: json.text(), pointer: json.text() })) },
  }),
};

const notAuthorised = (codes: readonly string[]): ApiAnswers => ({
  401: problem('Not a device of ours, or not signed by it: one answer.', codes, {
    members: { now: json.integer({ description: 'With `clock-off`: the gateway’s time in unix seconds.' }) },
  }),
});

export const enrolling: ApiAnswers = { ...always, ...wrongBody, ...notAuthorised(['code-not-valid']) };
export const forwarding: ApiAnswers = { ...always, ...wrongBody, ...notAuthorised(['not-authorised', 'clock-off']) };
export const beating: ApiAnswers = { ...always, ...notAuthorised(['not-authorised']) };
export const signing: ApiAnswers = {
  ...forwarding,
  409: problem('This `X-Device-Seq` was used with another body.', ['sequence-reused'], {
    members: { last_seq: json.integer({ description: 'The highest number used so far.' }) },
  }),
};
