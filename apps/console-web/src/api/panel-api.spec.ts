import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';

describe('the types of the panel’s answers', () => {
  it('are what the OpenAPI document says; otherwise `node scripts/openapi.mjs` writes them anew', () => {
    const root = path.resolve(__dirname, '../../../..');
    const printed = execFileSync(process.execPath, [path.join(root, 'scripts/console-types.mjs'), '--print'], {
      encoding: 'utf8',
      maxBuffer: 16 * 1_024 * 1_024,
    });
    expect(readFileSync(path.join(__dirname, 'panel-api.d.ts'), 'utf8')).toBe(printed);
  });
});
