import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const root = path.resolve(__dirname, '../..');

/** The rules that lint reports for a text as if it stood in that file. */
function lint(file: string, text: string): readonly string[] {
  const result = spawnSync(
    process.execPath,
    [
      path.join(root, 'node_modules/eslint/bin/eslint.js'),
      '--stdin',
      '--stdin-filename',
      path.join(root, file),
      '--format',
      'json',
    ],
    { cwd: root, input: text, encoding: 'utf8' },
  );
  const [report] = JSON.parse(result.stdout) as { messages: { ruleId: string | null; message: string }[] }[];
  return report!.messages.map((message) => message.ruleId ?? message.message);
}

const boundary = '@nx/enforce-module-boundaries';

describe('the module boundaries', () => {
  beforeAll(() => {
    // The rule reads Nx's picture of the projects; without one it checks nothing.
    const graph = spawnSync(
      process.execPath,
      [path.join(root, 'node_modules/nx/dist/bin/nx.js'), 'graph', '--file', path.join(root, '.nx/project-graph.json')],
      { cwd: root, encoding: 'utf8' },
    );
    expect(graph.status).toBe(0);
  });

  it.each([
    [
      'a domain that imports the database',
      'libs/payments/domain/src/forbidden.ts',
      "import { Database } from '@paymatch/platform-postgres';\nexport const x = Database;\n",
    ],
    [
      'a domain that imports the shared contracts',
      'libs/payments/domain/src/forbidden.ts',
      "import { newId } from '@paymatch/contracts';\nexport const x = newId;\n",
    ],
    [
      'a face of the gateway that imports another',
      'libs/gateway/fastaar/src/forbidden.ts',
      "import { CheckoutModule } from '@paymatch/gateway-checkout';\nexport const x = CheckoutModule;\n",
    ],
    [
      "the gateway's edge that imports access",
      'libs/gateway/edge/src/forbidden.ts',
      "import { CallerGate } from '@paymatch/gateway-access';\nexport const x = CallerGate;\n",
    ],
    [
      'access that imports receiving',
      'libs/gateway/access/src/forbidden.ts',
      "import { WALLETS } from '@paymatch/gateway-receiving';\nexport const x = WALLETS;\n",
    ],
    [
      'a domain that imports Nest',
      'libs/payments/domain/src/forbidden.ts',
      "import { Injectable } from '@nestjs/common';\nexport const x = Injectable;\n",
    ],
    [
      "a service that imports another service's feature",
      'libs/payments/feature/src/forbidden.ts',
      "import { SmsMatchingModule } from '@paymatch/sms-matching-feature';\nexport const x = SmsMatchingModule;\n",
    ],
    [
      "a service that imports another service's domain",
      'libs/payments/feature/src/forbidden.ts',
      "import { parseMessage } from '@paymatch/sms-matching-domain';\nexport const x = parseMessage;\n",
    ],
    [
      'the log that imports the store that stands on it',
      'libs/platform/log/src/forbidden.ts',
      "import { EventStore } from '@paymatch/platform-event-store';\nexport const x = EventStore;\n",
    ],
    [
      'a feature that starts a server for development',
      'libs/payments/feature/src/forbidden.ts',
      "import { freePort } from '@paymatch/platform-dev-servers';\nexport const x = freePort;\n",
    ],
    [
      'the platform that imports a feature',
      'libs/platform/postgres/src/forbidden.ts',
      "import { PaymentsModule } from '@paymatch/payments-feature';\nexport const x = PaymentsModule;\n",
    ],
    [
      'the contracts that import the platform',
      'libs/contracts/src/forbidden.ts',
      "import { Database } from '@paymatch/platform-postgres';\nexport const x = Database;\n",
    ],
    [
      'an app that imports another scope',
      'apps/payments/src/forbidden.ts',
      "import { SmsMatchingModule } from '@paymatch/sms-matching-feature';\nexport const x = SmsMatchingModule;\n",
    ],
  ])('refuse %s', (_name, file, text) => expect(lint(file, text)).toEqual([boundary]));

  it.each([
    [
      'a feature that imports its own domain',
      'libs/payments/feature/src/allowed.ts',
      "import { decide } from '@paymatch/payments-domain';\nexport const x = decide;\n",
    ],
    [
      'standalone that imports every feature',
      'apps/standalone/src/allowed.ts',
      "import { SmsMatchingModule } from '@paymatch/sms-matching-feature';\nexport const x = SmsMatchingModule;\n",
    ],
  ])('allow %s', (_name, file, text) => expect(lint(file, text)).toEqual([]));
});

describe('the size limits', () => {
  it('refuse a comment of more than 120 columns, and no text that is one thing', () => {
    expect(lint('libs/contracts/src/wide.ts', `// ${'word '.repeat(24)}\nexport {};\n`)).toEqual(['max-len']);
    expect(lint('libs/contracts/src/wide.ts', `export const text = '${'word '.repeat(24)}';\n`)).toEqual([]);
  });

  it('refuse a file of 301 lines and a function of four parameters', () => {
    expect(lint('libs/contracts/src/long.ts', `${'export {};\n'.repeat(301)}`)).toEqual(['max-lines']);
    expect(
      lint(
        'libs/contracts/src/wide.ts',
        'export function wide(a: number, b: number, c: number, d: number): number {\n  return a + b + c + d;\n}\n',
      ),
    ).toEqual(['max-params']);
  });
});

describe('files that import each other', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'paymatch-circle-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** What the check says of a folder with these files. */
  function cruise(files: Readonly<Record<string, string>>): { readonly status: number | null; readonly said: string } {
    for (const [name, text] of Object.entries(files)) writeFileSync(path.join(folder, name), text);
    const { status, stdout } = spawnSync(
      process.execPath,
      [
        path.join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        ...['--config', '.dependency-cruiser.mjs', '--output-type', 'err', folder],
      ],
      { cwd: root, encoding: 'utf8' },
    );
    return { status, said: stdout };
  }

  it('are refused, even when each takes only a type of the other', () => {
    const { status, said } = cruise({
      'credit.ts': "import type { Claim } from './claim.js';\nexport type Credit = { claims: Claim[] };\n",
      'claim.ts': "import type { Credit } from './credit.js';\nexport type Claim = { credit: Credit };\n",
    });
    expect([status, said.includes('no-circle')]).toEqual([1, true]);
  });

  it('may import one another in one direction', () => {
    const { status } = cruise({
      'credit.ts': "import type { Claim } from './claim.js';\nexport type Credit = { claims: Claim[] };\n",
      'claim.ts': 'export type Claim = { paymentId: string };\n',
    });
    expect(status).toBe(0);
  });
});

describe('the page that tells how the house is built', () => {
  const page = readFileSync(path.join(root, 'docs/explanation/how-it-is-built.md'), 'utf8');
  const named = [
    ...new Set([...page.matchAll(/`((?:apps|libs|e2e|bench|scripts)\/[\w./-]+)`/g)].map(([, file]) => file!)),
  ];

  it('sends nobody to a file that is not there', () => {
    expect(named.length).toBeGreaterThan(15);
    expect(named.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
  });
});
