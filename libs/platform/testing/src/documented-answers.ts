import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

type Json = Readonly<Record<string, unknown>>;

interface Described {
  readonly $ref?: string;
  readonly content?: Readonly<Record<string, { readonly schema: Json }>>;
  readonly headers?: Json;
}
interface Operation {
  readonly responses: Readonly<Record<string, Described>>;
}

export interface GivenAnswer {
  readonly method: string;
  /** Of the request; what follows `?` does not count. */
  readonly path: string;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  /** Parsed where it is JSON, `null` where there is none. */
  readonly body: unknown;
}

const DOCUMENT = 'https://document/';

/** Real answers held against an OpenAPI document: each status, header and field must be described there. */
export class DocumentedAnswers {
  private readonly ajv = new Ajv2020({ strict: false, allErrors: true });
  private readonly operations: readonly { readonly method: string; readonly path: string; readonly shape: RegExp }[];
  private readonly checks = new Map<string, ValidateFunction>();
  private readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  private readonly knownHeaders: readonly string[];
  private readonly shared: Readonly<Record<string, Described>>;

  constructor(document: Json) {
    addFormats.default(this.ajv);
    // For readers objects are open, so that a field may be added; for us they are closed, so that none is added in
    // silence.
    this.ajv.addSchema(closed(document) as Json, DOCUMENT);
    const { paths, components } = document as {
      readonly paths: DocumentedAnswers['paths'];
      readonly components: { readonly headers: Json; readonly responses?: Readonly<Record<string, Described>> };
    };
    this.paths = paths;
    this.knownHeaders = Object.keys(components.headers);
    this.shared = components.responses ?? {};
    this.operations = Object.entries(paths)
      .flatMap(([path, methods]) =>
        Object.keys(methods).map((method) => ({
          method,
          path,
          shape: new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`),
        })),
      )
      // What is spelt out comes before what is left open.
      .sort((a, b) => a.path.split('{').length - b.path.split('{').length);
  }

  /** Throws what is not as described. A request to what the document does not describe is nobody's here. */
  check(answer: GivenAnswer): void {
    const path = answer.path.split('?', 1)[0]!;
    const method = answer.method.toLowerCase();
    const found = this.operations.find((operation) => operation.method === method && operation.shape.test(path));
    if (found === undefined) return;
    const problem = this.problemOf(found, answer);
    if (problem !== null)
      throw new Error(
        `${answer.method} ${answer.path} answered ${answer.status}, ${problem}: ${JSON.stringify(answer.body)}`,
      );
  }

  private problemOf(
    { path, method }: { readonly path: string; readonly method: string },
    { status, headers, body }: GivenAnswer,
  ): string | null {
    const own = this.paths[path]![method]!.responses[String(status)];
    if (own === undefined) return `which ${method} ${path} does not describe`;
    const name = own.$ref?.split('/').at(-1);
    const place =
      name === undefined ? ['paths', path, method, 'responses', String(status)] : ['components', 'responses', name];
    const described = name === undefined ? own : this.shared[name]!;
    return this.headerProblem(status, described, headers) ?? this.bodyProblem(place, { described, headers, body });
  }

  private headerProblem(status: number, described: Described, headers: GivenAnswer['headers']): string | null {
    const named = Object.keys(described.headers ?? {});
    const undescribed = this.knownHeaders.find((name) => headers.get(name) !== null && !named.includes(name));
    if (undescribed !== undefined) return `with the header ${undescribed}, which is not described there`;
    const needed = ['X-Request-Id', ...(status === 429 || status === 503 ? ['Retry-After'] : [])];
    const missing = needed.find((name) => !named.includes(name) || headers.get(name) === null);
    if (missing !== undefined) return `without the header ${missing}`;
    const wrong = named.find((name) => {
      const value = headers.get(name);
      return value !== null && !this.validator(['components', 'headers', name, 'schema'])(value);
    });
    return wrong === undefined ? null : `with ${wrong}: ${headers.get(wrong)}, which is not as described`;
  }

  private bodyProblem(
    place: readonly string[],
    answer: { readonly described: Described; readonly headers: GivenAnswer['headers']; readonly body: unknown },
  ): string | null {
    const [type] = Object.keys(answer.described.content ?? {});
    if (type === undefined) return answer.body === null ? null : 'with a body, which is not described';
    const given = answer.headers.get('content-type')?.split(';', 1)[0];
    if (given !== type) return `as ${given}, not ${type}`;
    const validate = this.validator([...place, 'content', type, 'schema']);
    return validate(answer.body) ? null : this.ajv.errorsText(validate.errors);
  }

  private validator(place: readonly string[]): ValidateFunction {
    const pointer = place.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');
    const known = this.checks.get(pointer) ?? this.ajv.compile({ $ref: `${DOCUMENT}#/${pointer}` });
    this.checks.set(pointer, known);
    return known;
  }
}

function closed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(closed);
  if (typeof value !== 'object' || value === null) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, closed(item)]));
  const isOpen = parts.type === 'object' && typeof parts.properties === 'object' && !('additionalProperties' in parts);
  return isOpen ? { ...parts, additionalProperties: false } : parts;
}
