import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountType } from '../message.js';
import { toParseResult } from '../parse-result.js';
import { parseMessage, templateRegistry } from '../shipped-registry.js';

interface CorpusLine {
  readonly provider: string;
  readonly account: AccountType;
  readonly sender: string;
  readonly body: string;
  readonly kind: string;
  readonly creditable: boolean;
  readonly expect: { readonly direction: string; readonly amount: string | null; readonly trx_id: string | null; readonly counterparty: string | null; readonly fee: string | null; readonly balance: string | null; readonly at: string | null };
}

const ACCOUNTS: readonly AccountType[] = ['personal', 'merchant', 'agent', 'bank'];
const corpus: readonly CorpusLine[] = readFileSync(join(__dirname, 'samples.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as CorpusLine);
const creditable = corpus.filter((line) => line.creditable);
const others = corpus.filter((line) => !line.creditable);
const title = (line: CorpusLine): string => `${line.provider} ${line.kind}: ${JSON.stringify(line.body).slice(0, 90)}`;
const pick = (line: CorpusLine) => {
  const { direction, amount, trx_id, counterparty, fee, balance, at } = toParseResult(parseMessage(line));
  return { direction, amount, trx_id, counterparty, fee, balance, at };
};

describe('every line that may settle a payment', () => {
  it.each(creditable.map((line) => [title(line), line] as const))('is read exactly: %s', (_title, line) => {
    expect(pick(line)).toEqual(line.expect);
    const parsed = parseMessage(line);
    expect(parsed.creditable).toBe(true);
    expect(['credit', 'review']).toContain(parsed.outcome);
  });
});

describe('every other line', () => {
  it.each(others.map((line) => [title(line), line] as const))('says what it is: %s', (_title, line) => {
    expect(pick(line)).toEqual(line.expect);
  });

  it.each(ACCOUNTS)('credits nothing as a message to a %s account', (account) => {
    const credited = others.filter((line) => {
      const parsed = parseMessage({ ...line, account });
      return parsed.outcome === 'credit' || parsed.creditable;
    });
    expect(credited).toEqual([]);
  });
});

describe('a sample beside its template', () => {
  const samples = templateRegistry.templates.flatMap((template) => template.samples.filter((sample) => sample.reads).map((sample) => [template.id, template, sample] as const));
  it.each(samples)('is read exactly: %s', (_id, template, sample) => {
    const account = template.accountTypes[0] as AccountType;
    const { amount, trx_id, counterparty, fee, balance, at, direction } = toParseResult(parseMessage({ account, sender: sample.sender ?? template.senders[0] ?? '', body: sample.body }));
    expect({ amount, trx_id, counterparty, fee, balance, at, direction })
      .toEqual({ amount: null, trx_id: null, counterparty: null, fee: null, balance: null, at: null, ...sample.reads, direction: template.direction });
  });
});
