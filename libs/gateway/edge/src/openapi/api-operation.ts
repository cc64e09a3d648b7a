import type { JsonSchema } from './json-schema.js';

export interface ApiAnswer {
  readonly description: string;
  /** None: the answer has no body. */
  readonly schema?: JsonSchema;
  /** `application/json` unless said. */
  readonly contentType?: string;
  readonly example?: unknown;
  /** Names of headers among those of the document, beside `X-Request-Id`, which every answer has. */
  readonly headers?: readonly string[];
}

export type ApiAnswers = Readonly<Record<number, ApiAnswer>>;

export interface ApiBody {
  readonly schema: JsonSchema;
  /** `application/json` unless said. */
  readonly contentTypes?: readonly string[];
  readonly isRequired: boolean;
  readonly example?: unknown;
}

export interface ApiParameter {
  readonly schema: JsonSchema;
  readonly description?: string;
  readonly isRequired?: boolean;
}

/** One route: what it takes and every way it answers. */
export interface ApiOperation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** As the router has it: `/api/v1/payments/:id`. */
  readonly path: string;
  /** Unique in its document; client generators make a function's name of it. */
  readonly id: string;
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  /** What stands in the path; a text unless said. */
  readonly params?: Readonly<Record<string, ApiParameter>>;
  readonly query?: Readonly<Record<string, ApiParameter>>;
  readonly headers?: Readonly<Record<string, ApiParameter>>;
  readonly body?: ApiBody;
  readonly answers: ApiAnswers;
  /** Names of schemes of the document, any of which will do; the document's own unless said. */
  readonly security?: readonly string[];
}

export interface ApiHeader {
  readonly description: string;
  readonly schema: JsonSchema;
}

/** One API of the gateway, from which its document is made. */
export interface ApiDescription {
  /** `/openapi/{name}.json`. */
  readonly name: string;
  readonly title: string;
  readonly version: string;
  readonly description: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly security: Readonly<Record<string, JsonSchema>>;
  /** The scheme that holds where an operation names none. */
  readonly defaultSecurity: string;
  readonly operations: readonly ApiOperation[];
}
