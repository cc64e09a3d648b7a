import { readFileSync } from 'node:fs';
import path from 'node:path';
import { processSettings } from '@paymatch/platform-service';
import { renderSettingsReference } from './settings-reference.js';
import { standaloneSettings } from './standalone.settings.js';

const page = readFileSync(path.resolve(__dirname, '../../../docs/reference/settings.md'), 'utf8');

describe('the page of settings', () => {
  it('is what the code says; otherwise `node scripts/settings-reference.mjs` makes it anew', () => {
    expect(page).toBe(renderSettingsReference());
  });

  it('has a line for every setting that any process reads', () => {
    const names = [standaloneSettings(false), processSettings(false)].flatMap((schema) =>
      Object.values(schema).map(({ env }) => env),
    );
    expect(names.filter((name) => !page.includes(`\n| \`${name}\` | `))).toEqual([]);
  });

  it('says where production differs', () => {
    expect(page).toMatch(/^\| `PAYMATCH_ALLOW_HTTP_URLS` .*`true`, in production `false`/m);
    expect(page).toMatch(/^\| `PAYMATCH_SECRET` .*`automatic`, in production must be set .*secret \|$/m);
  });
});
