import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import fc from 'fast-check';
import { schemaValues } from './schema-values.js';

const ajv = new Ajv2020({ strict: false });
addFormats.default(ajv);

const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.stringMatching(/^[0-9]{0,9}(\.[0-9]{0,3})?$/),
  fc.stringMatching(/^[a-zA-Z0-9@+:/. -]{0,40}$/),
  fc.integer(),
);

/**
 * Throws where a rule and the schema it is described with are not of one mind: whatever the rule takes the schema must
 * take, and what is made from the schema the rule must take. `null` and absence are not the schema's to say.
 */
export function assertRuleAgrees(
  rule: (value: unknown) => string | null,
  schema: Readonly<Record<string, unknown>>,
): void {
  const validate = ajv.compile(schema);
  const made = schemaValues(schema);
  fc.assert(
    fc.property(fc.oneof(anything, made), (value) => {
      if (value === null || rule(value) !== null) return;
      if (!validate(value))
        throw new Error(`taken, and not described: ${JSON.stringify(value)}: ${ajv.errorsText(validate.errors)}`);
    }),
    { numRuns: 100 },
  );
  fc.assert(
    fc.property(made, (value) => {
      const problem = rule(value);
      if (problem !== null) throw new Error(`described, and not taken: ${JSON.stringify(value)}: ${problem}`);
    }),
    { numRuns: 40 },
  );
}
