import fc from 'fast-check';

type Json = Readonly<Record<string, unknown>>;

const DEPTH_MAX = 6;
const LIST_MAX = 3;

/**
 * Values that a JSON Schema takes, as far as OpenAPI documents of ours use it. Texts with a pattern or a format come
 * from their examples: what looks right and means nothing is for other generators.
 */
export function schemaValues(schema: Json, root: Json = schema, depth = 0): fc.Arbitrary<unknown> {
  if (typeof schema.$ref === 'string') return schemaValues(resolved(root, schema.$ref), root, depth);
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...(schema.enum as unknown[]));
  const within = (part: unknown): fc.Arbitrary<unknown> => schemaValues(part as Json, root, depth + 1);
  if (Array.isArray(schema.anyOf)) return fc.oneof(...schema.anyOf.map(within));
  if (Array.isArray(schema.type)) return fc.oneof(...schema.type.map((type: unknown) => within({ ...schema, type })));
  if (Array.isArray(schema.examples)) return fc.constantFrom(...(schema.examples as unknown[]));
  switch (schema.type) {
    case 'null':
      return fc.constant(null);
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({
        min: numberOr(schema.minimum, 0),
        max: Math.min(numberOr(schema.maximum, 1_000), 2 ** 31 - 1),
      });
    case 'number':
      return fc.integer({ min: Math.ceil(numberOr(schema.minimum, 1)), max: 1_000 });
    case 'string':
      return textValues(schema);
    case 'array':
      return fc.array(depth < DEPTH_MAX ? within(schema.items ?? {}) : fc.constant(null), {
        minLength: numberOr(schema.minItems, 0),
        maxLength: Math.min(numberOr(schema.maxItems, LIST_MAX), LIST_MAX),
      });
    case 'object':
      return objectValues(schema, within);
    default:
      return fc.jsonValue({ maxDepth: 1 });
  }
}

function textValues(schema: Json): fc.Arbitrary<string> {
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'date-time') return fc.constant('2026-06-12T08:30:00.000Z');
  if (schema.pattern !== undefined) throw new Error(`a text of the pattern ${String(schema.pattern)} needs examples`);
  const minLength = numberOr(schema.minLength, 0);
  return fc
    .string({ minLength, maxLength: Math.min(numberOr(schema.maxLength, 30), 30), unit: 'grapheme-ascii' })
    .map((text) => (text !== '' && text.trim() === '' ? 'x'.repeat(text.length) : text));
}

function objectValues(schema: Json, within: (part: unknown) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const {
    properties,
    additionalProperties,
    required = [],
  } = schema as {
    readonly properties?: Json;
    readonly additionalProperties?: unknown;
    readonly required?: readonly string[];
  };
  if (properties === undefined && typeof additionalProperties === 'object')
    return fc.dictionary(fc.constantFrom('channel', 'x-shop', 'a'), within(additionalProperties), {
      maxKeys: LIST_MAX,
    });
  const parts = Object.entries(properties ?? {}).map(([name, part]) => [name, within(part)] as const);
  return fc.record(Object.fromEntries(parts), { requiredKeys: [...required], noNullPrototype: true });
}

function resolved(root: Json, reference: string): Json {
  return reference
    .replace(/^#\//, '')
    .split('/')
    .reduce<unknown>((value, part) => (value as Json)[part.replaceAll('~1', '/').replaceAll('~0', '~')], root) as Json;
}

function numberOr(value: unknown, other: number): number {
  return typeof value === 'number' ? value : other;
}
