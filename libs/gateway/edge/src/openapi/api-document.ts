import { STATUS_CODES } from 'node:http';
import type { ApiAnswer, ApiBody, ApiDescription, ApiHeader, ApiOperation, ApiParameter } from './api-operation.js';
import { json, NamedSchemas, type JsonSchema } from './json-schema.js';

/** Headers that several answers have. */
const HEADERS = {
  'X-Request-Id': { description: 'The id under which the log knows this request.', schema: json.text() },
  'Retry-After': { description: 'Seconds after which to try again.', schema: json.text({ pattern: '^[0-9]+$' }) },
  RateLimit: {
    description: 'What is left of the quota and when it is whole again, e.g. `"default";r=37;t=21`.',
    schema: json.text(),
  },
  'RateLimit-Policy': { description: 'The quota and its window in seconds.', schema: json.text() },
  'X-RateLimit-Limit': { description: 'Requests a minute.', schema: json.text({ pattern: '^[0-9]+$' }) },
  'X-RateLimit-Remaining': { description: 'Requests left in this minute.', schema: json.text({ pattern: '^[0-9]+$' }) },
  'Idempotent-Replayed': {
    description: 'The answer repeats an earlier one; nothing was done now.',
    schema: json.text({ const: 'true' }),
  },
  'Paymatch-Ignored-Fields': {
    description: 'Names in the body that this API does not know, percent-encoded.',
    schema: json.text(),
  },
  'WWW-Authenticate': { description: 'How to authenticate.', schema: json.text() },
} as const satisfies Readonly<Record<string, ApiHeader>>;
export type ApiHeaderName = keyof typeof HEADERS;

/** On what a caller with a key is answered once its quota is counted. */
export const rateHeaders: readonly ApiHeaderName[] = [
  'RateLimit',
  'RateLimit-Policy',
  'X-RateLimit-Limit',
  'X-RateLimit-Remaining',
];

/** For POSTs that are done once for each key (IETF draft "The Idempotency-Key HTTP Header Field"). */
export const idempotencyKey: Readonly<Record<string, ApiParameter>> = {
  'Idempotency-Key': {
    description: 'The same key with the same body gets the same answer for a day; with another body it is refused.',
    schema: json.text({ minLength: 1, maxLength: 255, examples: ['order-42-try-1'] }),
  },
};

/** The OpenAPI 3.1 document of an API. The same description gives the same bytes. */
export function renderOpenApi(api: ApiDescription): JsonSchema {
  const schemas = new NamedSchemas();
  const refusals = new SharedRefusals(api.operations);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of api.operations) {
    const path = operation.path.replace(/:(\w+)/g, '{$1}');
    const methods = (paths[path] ??= {});
    if (operation.method in methods) throw new Error(`${operation.method} ${path} is described twice`);
    methods[operation.method] = schemas.withReferences(renderOperation(operation, refusals));
  }
  return {
    openapi: '3.1.1',
    info: { title: api.title, version: api.version, description: api.description },
    servers: [{ url: '/', description: 'the gateway that serves this document' }],
    tags: Object.entries(api.tags).map(([name, description]) => ({ name, description })),
    security: [{ [api.defaultSecurity]: [] }],
    paths,
    components: {
      securitySchemes: api.security,
      headers: usedHeaders(api),
      responses: schemas.withReferences(refusals.named),
      schemas: Object.fromEntries(Object.entries(schemas.named).sort(([a], [b]) => (a < b ? -1 : 1))),
    },
  };
}

/** Refusals that several routes answer alike, each written down once. */
class SharedRefusals {
  readonly named: Record<string, object> = {};
  private readonly counts = new Map<string, number>();
  private readonly names = new Map<string, string>();

  constructor(operations: readonly ApiOperation[]) {
    for (const { answers } of operations)
      for (const answer of Object.values(answers)) {
        const text = JSON.stringify(renderAnswer(answer));
        this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
      }
  }

  render(status: string, answer: ApiAnswer): object {
    const rendered = renderAnswer(answer);
    const text = JSON.stringify(rendered);
    if (Number(status) < 400 || this.counts.get(text) === 1) return rendered;
    const name = this.names.get(text) ?? this.newName(status);
    this.names.set(text, name);
    this.named[name] = rendered;
    return { $ref: `#/components/responses/${name}` };
  }

  /** `NotFound`, and where there is one already `NotFound2`. */
  private newName(status: string): string {
    const word = (STATUS_CODES[status] ?? status).replace(/[^A-Za-z]/g, '');
    const count = Object.keys(this.named).filter((name) => name.replace(/[0-9]+$/, '') === word).length;
    return count === 0 ? word : `${word}${count + 1}`;
  }
}

function renderOperation(operation: ApiOperation, refusals: SharedRefusals): object {
  const { params = {}, query = {}, headers = {}, body, security } = operation;
  const names = [...operation.path.matchAll(/:(\w+)/g)].map((match) => match[1]!);
  const parameters = [
    ...names.map((name) => renderParameter('path', name, { schema: json.text(), ...params[name], isRequired: true })),
    ...Object.entries(query).map(([name, parameter]) => renderParameter('query', name, parameter)),
    ...Object.entries(headers).map(([name, parameter]) => renderParameter('header', name, parameter)),
  ];
  return {
    operationId: operation.id,
    tags: [operation.tag],
    summary: operation.summary,
    ...(operation.description !== undefined && { description: operation.description }),
    ...(security !== undefined && { security: security.map((name) => ({ [name]: [] })) }),
    ...(parameters.length > 0 && { parameters }),
    ...(body !== undefined && { requestBody: renderBody(body) }),
    responses: Object.fromEntries(
      Object.entries(operation.answers).map(([status, answer]) => [status, refusals.render(status, answer)]),
    ),
  };
}

function renderParameter(place: string, name: string, parameter: ApiParameter): object {
  const { schema, description, isRequired = false } = parameter;
  return { name, in: place, ...(description !== undefined && { description }), required: isRequired, schema };
}

function renderBody({ schema, contentTypes = ['application/json'], isRequired, example }: ApiBody): object {
  const content = { schema, ...(example !== undefined && { example }) };
  return { required: isRequired, content: Object.fromEntries(contentTypes.map((type) => [type, content])) };
}

function renderAnswer({ description, schema, contentType, example, headers = [] }: ApiAnswer): object {
  return {
    description,
    headers: Object.fromEntries(
      ['X-Request-Id', ...headers].map((name) => [name, { $ref: `#/components/headers/${name}` }]),
    ),
    ...(schema !== undefined && {
      content: { [contentType ?? 'application/json']: { schema, ...(example !== undefined && { example }) } },
    }),
  };
}

function usedHeaders(api: ApiDescription): Readonly<Record<string, ApiHeader>> {
  const used = new Set(api.operations.flatMap(({ answers }) => Object.values(answers).flatMap((a) => a.headers ?? [])));
  return Object.fromEntries(Object.entries(HEADERS).filter(([name]) => name === 'X-Request-Id' || used.has(name)));
}
