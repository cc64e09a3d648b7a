/** JSON Schema 2020-12, as OpenAPI 3.1 has it. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const NAME = Symbol('name of a schema');

/**
 * What an answer or a body is made of. An object has exactly the fields that are given, all of them always, but for
 * those called optional.
 */
export const json = {
  text: (about: JsonSchema = {}): JsonSchema => ({ type: 'string', ...about }),
  words: (words: readonly string[], about: JsonSchema = {}): JsonSchema => ({ type: 'string', enum: words, ...about }),
  integer: (about: JsonSchema = {}): JsonSchema => ({ type: 'integer', ...about }),
  number: (about: JsonSchema = {}): JsonSchema => ({ type: 'number', ...about }),
  flag: (about: JsonSchema = {}): JsonSchema => ({ type: 'boolean', ...about }),
  list: (items: JsonSchema, about: JsonSchema = {}): JsonSchema => ({ type: 'array', items, ...about }),
  map: (values: JsonSchema, about: JsonSchema = {}): JsonSchema => ({
    type: 'object',
    additionalProperties: values,
    ...about,
  }),
  object: (
    properties: Readonly<Record<string, JsonSchema>>,
    { optional = [], ...about }: JsonSchema & { readonly optional?: readonly string[] } = {},
  ): JsonSchema => {
    const required = Object.keys(properties).filter((name) => !optional.includes(name));
    return { type: 'object', ...(required.length > 0 && { required }), properties, ...about };
  },
  orNull: (schema: JsonSchema): JsonSchema =>
    typeof schema.type === 'string' && !('enum' in schema) && !('const' in schema) && !(NAME in schema)
      ? { ...schema, type: [schema.type, 'null'] }
      : { anyOf: [schema, { type: 'null' }] },
  either: (...schemas: readonly JsonSchema[]): JsonSchema => ({ anyOf: schemas }),
  /** The schema under a name of its own among the document's `components`. */
  named: (name: string, schema: JsonSchema): JsonSchema => Object.assign({ [NAME]: name }, schema),
} as const;

/** Moments and ids as the APIs spell them. */
export const common = {
  uuid: json.text({ format: 'uuid' }),
  /** UTC, as JavaScript writes it. */
  moment: json.text({ format: 'date-time', examples: ['2026-06-12T08:30:00.000Z'] }),
  amount: json.text({ pattern: '^-?[0-9]+\\.[0-9]{2}$', examples: ['500.00'] }),
} as const;

/** Gathers what is named, with references in its place. */
export class NamedSchemas {
  readonly named: Record<string, unknown> = {};
  private readonly taken = new Map<string, unknown>();

  withReferences(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.withReferences(item));
    if (typeof value !== 'object' || value === null) return value;
    const name = (value as { readonly [NAME]?: string })[NAME];
    const parts = (): Record<string, unknown> =>
      Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.withReferences(item)]));
    if (name === undefined) return parts();
    if (this.taken.get(name) !== value && this.taken.has(name)) throw new Error(`two schemas are called ${name}`);
    if (!this.taken.has(name)) {
      this.taken.set(name, value);
      this.named[name] = parts();
    }
    return { $ref: `#/components/schemas/${name}` };
  }
}
