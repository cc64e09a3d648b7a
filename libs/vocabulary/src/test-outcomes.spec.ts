import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testAmounts, testTrxIds, type TestOutcome } from './test-outcomes.js';

const said: Readonly<Record<TestOutcome, string>> = {
  complete: 'completes',
  fail: 'fails',
  expire: 'expires',
  review: 'is under review',
};

/** The rows of the page's table under a heading, as `[`code`, what becomes of it]`. */
function table(heading: string): readonly (readonly string[])[] {
  const page = readFileSync(join(__dirname, '../../../docs/reference/test-mode.md'), 'utf8');
  const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| `([^`]+)` \| ([^|]+) \|$/gm)].map(([, code, outcome]) => [code!, outcome!]);
}

describe('the page about test mode', () => {
  it('lists every amount that decides a test payment, and no other', () => {
    const amounts = Object.entries(testAmounts).map(([minor, outcome]) => [
      (Number(minor) / 100).toFixed(2),
      said[outcome],
    ]);
    expect(table('Amounts')).toEqual(amounts);
  });

  it('lists every TrxID that decides a test payment, and no other', () => {
    expect(table('TrxIDs')).toEqual(Object.entries(testTrxIds).map(([trxId, outcome]) => [trxId, said[outcome]]));
  });
});
