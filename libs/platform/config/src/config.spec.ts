import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ownSecret, readConfig, text, variablesOf } from './config.js';
import { databaseUrl } from './database-url.js';

const schema = { databaseUrl: databaseUrl({ doc: 'the database' }) };
const read = (env: Readonly<Record<string, string>>): URL => new URL(readConfig(schema, env).databaseUrl);

describe('the password of a database', () => {
  it.each(['a/b', 'a#b', 'a@b', 'a=b', 'a?b', 'a:b', 'a%b', 'a%41', 'a b', 'a\'$&"\\', 'é', '/#@=?%'])(
    'may be %j in a variable of its own',
    (password) => {
      const url = read({
        DATABASE_URL: 'postgres://payments@db.example:5432/paymatch',
        PAYMATCH_DATABASE_PASSWORD: password,
      });
      expect([decodeURIComponent(url.password), url.username, url.host, url.pathname]).toEqual([
        password,
        'payments',
        'db.example:5432',
        '/paymatch',
      ]);
    },
  );

  it.each(['12#x', '12/x', '12?x', 'a%zz', 'a/b'])(
    'is refused as %j inside the URL, without being printed',
    (password) => {
      const start = (): unknown => read({ DATABASE_URL: `postgres://payments:${password}@db.example:5432/paymatch` });
      expect(start).toThrow(/^DATABASE_URL must be a postgres:.* goes into PAYMATCH_DATABASE_PASSWORD: the database$/);
      expect(start).not.toThrow(password);
    },
  );

  it('is refused in both places at once, and without a URL', () => {
    expect(() => read({ DATABASE_URL: 'postgres://u:p@h/d', PAYMATCH_DATABASE_PASSWORD: 'q' })).toThrow(
      'PAYMATCH_DATABASE_PASSWORD is set, and DATABASE_URL has a password, too',
    );
    expect(() => read({ PAYMATCH_DATABASE_PASSWORD: 'q' })).toThrow('PAYMATCH_DATABASE_PASSWORD is set, but not');
  });

  it('of the example file is refused where secrets must be own', () => {
    const own = { databaseUrl: ownSecret(schema.databaseUrl) };
    const env = { DATABASE_URL: 'postgres://u@h/d', PAYMATCH_DATABASE_PASSWORD: 'change-me-payments' };
    expect(() => readConfig(own, env)).toThrow('PAYMATCH_DATABASE_PASSWORD still has the value of the example file');
  });
});

describe('a secret as a file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'paymatch-config-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, 'secret');
  const secret = { secret: text({ env: 'PAYMATCH_S', doc: 'a secret', isSecret: true }) };

  it('is its content without the last line feed', () => {
    writeFileSync(file, ' a=b\n');
    expect(readConfig(secret, { PAYMATCH_S_FILE: file }).secret).toBe(' a=b');
    const env = { DATABASE_URL: 'postgres://u@h/d', PAYMATCH_DATABASE_PASSWORD_FILE: file };
    expect(decodeURIComponent(read(env).password)).toBe(' a=b');
  });

  it('that is not there, or given beside the value, stops the start with its name', () => {
    expect(() => readConfig(secret, { PAYMATCH_S_FILE: '/nowhere/secret' })).toThrow(
      /^PAYMATCH_S_FILE cannot be read: ENOENT/,
    );
    expect(() => readConfig(secret, { PAYMATCH_S_FILE: file, PAYMATCH_S: 'x' })).toThrow(
      'PAYMATCH_S and PAYMATCH_S_FILE are both set',
    );
  });

  it('is for secrets alone: any other variable of that name is unknown', () => {
    expect(variablesOf(secret)).toEqual(['PAYMATCH_S', 'PAYMATCH_S_FILE']);
    const plain = { name: text({ env: 'PAYMATCH_N', doc: 'a name', default: 'n' }) };
    expect(() => readConfig(plain, { PAYMATCH_N_FILE: file })).toThrow('PAYMATCH_N_FILE is not a setting');
  });
});
