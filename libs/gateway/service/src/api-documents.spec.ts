import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { documentText } from '@paymatch/gateway-api-docs';
import { gatewayApis } from './gateway.service.js';
import { pagesWithCalls, panelPage, withCalls } from './reference-pages.js';

const root = path.resolve(__dirname, '../../../..');
const folder = path.join(root, 'docs/reference/openapi');

describe('the documents in docs/reference/openapi', () => {
  it('are one for each API', () => {
    expect(readdirSync(folder).sort()).toEqual(gatewayApis.map(({ name }) => `${name}.json`).sort());
  });

  it.each(gatewayApis.map((api) => [api.name, api] as const))(
    'have what the code says of %s; otherwise `node scripts/openapi.mjs` makes them anew',
    (name, api) => {
      expect(readFileSync(path.join(folder, `${name}.json`), 'utf8')).toBe(documentText(api));
    },
  );

  const reference = (file: string): string => readFileSync(path.join(root, 'docs/reference', file), 'utf8');

  it('go with a page about the panel that says the same; `node scripts/openapi.mjs` makes it anew', () => {
    expect(reference('panel-api.md')).toBe(panelPage());
  });

  it.each(pagesWithCalls.map((page) => [page.file, page] as const))(
    'go with the calls in %s; `node scripts/openapi.mjs` makes them anew',
    (file, page) => expect(reference(file)).toBe(withCalls(reference(file), page)),
  );

  it('are valid OpenAPI 3.1', () => {
    // The validator is an ES module that reads files beside itself, which the test runner's own loader cannot give it.
    const script = `
      import { Validator } from '@seriousme/openapi-schema-validator';
      for (const file of process.argv.slice(1)) {
        const validator = new Validator();
        const { valid, errors } = await validator.validate(file);
        if (!valid || validator.version !== '3.1') throw new Error(file + ': ' + validator.version + ' ' + JSON.stringify(errors));
      }`;
    const files = gatewayApis.map(({ name }) => path.join(folder, `${name}.json`));
    execFileSync(process.execPath, ['--input-type=module', '--eval', script, ...files], { cwd: root, stdio: 'pipe' });
  });
});

describe('an operation', () => {
  it.each(gatewayApis.map((api) => [api.name, api] as const))(
    'has a name of its own in %s, and a tag that is told of',
    (_, api) => {
      const ids = api.operations.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(api.operations.filter(({ tag }) => !(tag in api.tags))).toEqual([]);
    },
  );
});
