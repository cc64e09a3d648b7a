// `node scripts/sdk-types.mjs`: writes libs/sdk/src/api-types.ts from docs/reference/openapi/fastaar.json; with
// `--print`, only shows it.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const document = JSON.parse(readFileSync(path.join(root, 'docs/reference/openapi/fastaar.json'), 'utf8'));
const { schemas } = document.components;

/** Schemas that are not the client's to name. */
const leftOut = ['Error', 'PageLinks', 'PageMeta'];

function typeOf(schema, indent) {
  if (schema.$ref) return schema.$ref.split('/').at(-1);
  if ('const' in schema) return JSON.stringify(schema.const).replaceAll('"', "'");
  if (schema.enum) return schema.enum.map((word) => `'${word}'`).join(' | ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map((part) => typeOf(part, indent)))].join(' | ');
  if (Array.isArray(schema.type)) return schema.type.map((type) => typeOf({ ...schema, type }, indent)).join(' | ');
  switch (schema.type) {
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
    case 'boolean':
    case 'null':
      return schema.type;
    case 'array':
      return schema.maxItems === 0 ? 'readonly []' : `readonly (${typeOf(schema.items, indent)})[]`;
    case 'object':
      return schema.properties
        ? objectOf(schema, indent)
        : `Readonly<Record<string, ${typeOf(schema.additionalProperties, indent)}>>`;
    default:
      return 'unknown';
  }
}

function objectOf({ properties, required = [] }, indent) {
  const fields = Object.entries(properties).map(([name, part]) => {
    const note = part.description ? `${indent}  /** ${part.description} */\n` : '';
    return (
      `${note}${indent}  readonly ${name}${required.includes(name) ? '' : '?'}: ` +
      `${typeOf(part, `${indent}  `)}${required.includes(name) ? '' : ' | undefined'};\n`
    );
  });
  return `{\n${fields.join('')}${indent}}`;
}

function queryType(name, operationId) {
  const { parameters = [] } = Object.values(document.paths)
    .flatMap((methods) => Object.values(methods))
    .find((operation) => operation.operationId === operationId);
  const fields = parameters
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => `  readonly ${parameter.name}?: ${typeOf(parameter.schema, '  ')} | undefined;\n`);
  return `export interface ${name} {\n${fields.join('')}}\n`;
}

const text = [
  '// Written by `node scripts/sdk-types.mjs` from the OpenAPI document; a test holds it up to date.\n',
  ...Object.entries(schemas)
    .filter(([name]) => !leftOut.includes(name))
    .map(([name, schema]) => `export interface ${name} ${objectOf(schema, '')}\n`),
  queryType('ListPayments', 'listPayments'),
  queryType('ListCustomers', 'listCustomers'),
  queryType('ListEvents', 'listEvents'),
].join('\n');

const file = path.join(root, 'libs/sdk/src/api-types.ts');
const formatted = await format(text, { ...(await resolveConfig(file)), filepath: file });
if (process.argv.includes('--print')) process.stdout.write(formatted);
else writeFileSync(file, formatted);
