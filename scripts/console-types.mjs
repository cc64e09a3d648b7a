// `node scripts/console-types.mjs`: writes the console's types from docs/reference/openapi/panel.json; with `--print`,
// only shows them.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const consoleFolder = path.join(root, 'apps/console-web');
const require = createRequire(path.join(consoleFolder, 'package.json'));
const { default: openapiTs, astToString } = require('openapi-typescript');
const document = JSON.parse(readFileSync(path.join(root, 'docs/reference/openapi/panel.json'), 'utf8'));
const text =
  `// Written by \`node scripts/openapi.mjs\` from the panel's OpenAPI document; a test holds it up to ` +
  `date.\n${astToString(await openapiTs(document))}`;
const file = path.join(consoleFolder, 'src/api/panel-api.d.ts');
const formatted = await format(text, { ...(await resolveConfig(file)), filepath: file });
if (process.argv.includes('--print')) process.stdout.write(formatted);
else writeFileSync(file, formatted);
