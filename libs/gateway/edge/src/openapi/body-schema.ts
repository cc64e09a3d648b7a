import { getMetadataStorage } from 'class-validator';
import type { FieldRule } from '../request-fields.js';
import { json, type JsonSchema } from './json-schema.js';

/** A rule that says for the API's description what it takes; a test holds the two against each other. */
export function described(schema: JsonSchema, rule: FieldRule): FieldRule {
  return Object.assign((value: unknown) => rule(value), { schema });
}

/**
 * A DTO as the schema of its body, from the very rules that check it: what may be left out, and what may be `null`, is
 * asked of them.
 */
export function bodySchema(dtoClass: new () => object, unknownFields: 'refused' | 'left out'): JsonSchema {
  const fields = rulesOf(dtoClass).map(([name, rule]) => {
    if (rule.schema === undefined)
      throw new Error(`${dtoClass.name}.${name} has a rule without a schema; make it with described(schema, rule)`);
    return { name, isOptional: rule(undefined) === null, schema: nullableAs(rule, rule.schema) };
  });
  return json.object(Object.fromEntries(fields.map(({ name, schema }) => [name, schema])), {
    optional: fields.filter(({ isOptional }) => isOptional).map(({ name }) => name),
    ...(unknownFields === 'refused' && { additionalProperties: false }),
  });
}

/** The DTO's fields with what checks them. */
export function rulesOf(dtoClass: new () => object): readonly (readonly [name: string, rule: FieldRule])[] {
  return getMetadataStorage()
    .getTargetValidationMetadatas(dtoClass, '', true, false)
    .filter(({ constraints }) => typeof constraints?.[0] === 'function')
    .map(({ propertyName, constraints }) => [propertyName, (constraints as [FieldRule])[0]] as const);
}

function nullableAs(rule: FieldRule, schema: JsonSchema): JsonSchema {
  return rule(null) === null ? json.orNull(schema) : schema;
}
