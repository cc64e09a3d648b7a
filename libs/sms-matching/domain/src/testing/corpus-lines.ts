import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountType } from '../account-types.js';

/** One labelled message of `corpus/samples.jsonl`. */
export interface CorpusLine {
  readonly provider: string;
  readonly account: AccountType;
  readonly sender: string;
  readonly body: string;
  readonly kind: string;
  readonly creditable: boolean;
  readonly expect: {
    readonly direction: string;
    readonly amount: string | null;
    readonly trx_id: string | null;
    readonly counterparty: string | null;
    readonly fee: string | null;
    readonly balance: string | null;
    readonly at: string | null;
  };
}

export const accountTypes: readonly AccountType[] = ['personal', 'merchant', 'agent', 'bank'];
export const corpus: readonly CorpusLine[] = readFileSync(join(__dirname, '..', 'corpus', 'samples.jsonl'), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as CorpusLine);
export const creditableLines = corpus.filter((line) => line.creditable);
export const otherLines = corpus.filter((line) => !line.creditable);
