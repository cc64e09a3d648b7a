import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const gateway = path.resolve(__dirname, '../..');
const page = readFileSync(path.resolve(gateway, '../../docs/reference/errors.md'), 'utf8');

function sourceOf(folder: string): string {
  return readdirSync(path.join(gateway, folder, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts') && !file.includes('testing'))
    .map((file) => readFileSync(path.join(gateway, folder, 'src', file), 'utf8'))
    .join('\n');
}

function documented(title: string): readonly string[] {
  const section = page.split(/^## /m).find((text) => text.startsWith(title)) ?? '';
  const rows = section.split('\n').filter((line) => line.startsWith('| `'));
  return rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([\w-]+)`/g)].map(([, code]) => code!)).sort();
}

function unique(codes: Iterable<RegExpMatchArray>): readonly string[] {
  return [...new Set([...codes].map(([, code]) => code!))].sort();
}

/** The members of `type Name = | 'a' | 'b'`. */
function union(source: string, name: string): readonly string[] {
  const body = new RegExp(`type ${name} =([^;]+);`).exec(source)![1]!;
  return unique(body.matchAll(/'(\w+)'/g));
}

describe('the page of errors', () => {
  it('has every code of contract A and no other', () => {
    expect(documented('Contract A')).toEqual(union(sourceOf('fastaar'), 'FastaarErrorType'));
  });

  it('has every code of contract B and no other', () => {
    expect(documented('Contract B')).toEqual(union(sourceOf('smartfastpay'), 'SmartFastPayErrorCode'));
  });

  it('has every code that panel and devices answer with and no other', () => {
    const rooms = ['panel', 'receiving', 'access', 'people', 'device', 'edge'].map(sourceOf).join('\n');
    const edge = sourceOf('edge');
    const codes = [
      ...unique(rooms.matchAll(/new Problem\(\s*(?:\d{3}|statusCode),\s*'([\w-]+)'/g)),
      // The tables of what any request may be refused with.
      ...unique(edge.matchAll(/\bcode: '([\w-]+)'/g)),
      // Made from what admission and plans call it.
      'idempotency-conflict',
      'idempotency-key',
      'subscription-required',
      'transaction-limit-reached',
    ];
    expect(documented('Panel and devices')).toEqual([...new Set(codes)].sort());
  });
});
