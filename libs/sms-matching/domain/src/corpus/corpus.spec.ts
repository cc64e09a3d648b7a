import type { AccountType } from '../account-types.js';
import { toParseResult } from '../parse-result.js';
import { parseMessage, templateRegistry } from '../shipped-registry.js';
import { accountTypes, creditableLines, otherLines, type CorpusLine } from '../testing/corpus-lines.js';

const title = (line: CorpusLine): string => `${line.provider} ${line.kind}: ${JSON.stringify(line.body).slice(0, 90)}`;
const pick = (line: CorpusLine) => {
  const { direction, amount, trx_id, counterparty, fee, balance, at } = toParseResult(parseMessage(line));
  return { direction, amount, trx_id, counterparty, fee, balance, at };
};

describe('every line that may settle a payment', () => {
  it.each(creditableLines.map((line) => [title(line), line] as const))('is read exactly: %s', (_title, line) => {
    expect(pick(line)).toEqual(line.expect);
    const parsed = parseMessage(line);
    expect(parsed.creditable).toBe(true);
    const credits = parsed.template?.status === 'active' && parsed.trxId !== null;
    expect(parsed.outcome).toBe(credits ? 'credit' : 'review');
  });
});

describe('every other line', () => {
  it.each(otherLines.map((line) => [title(line), line] as const))('says what it is: %s', (_title, line) => {
    expect(pick(line)).toEqual(line.expect);
  });

  it.each(accountTypes)('credits nothing as a message to a %s account', (account) => {
    const credited = otherLines.filter((line) => {
      const parsed = parseMessage({ ...line, account });
      return parsed.outcome === 'credit' || parsed.creditable;
    });
    expect(credited).toEqual([]);
  });
});

describe('a sample beside its template', () => {
  const samples = templateRegistry.templates.flatMap((template) =>
    template.samples.filter((sample) => sample.reads).map((sample) => [template.id, template, sample] as const),
  );
  it.each(samples)('is read exactly: %s', (_id, template, sample) => {
    const account = template.accountTypes[0] as AccountType;
    const { amount, trx_id, counterparty, fee, balance, at, direction } = toParseResult(
      parseMessage({ account, sender: sample.sender ?? template.senders[0] ?? '', body: sample.body }),
    );
    expect({ amount, trx_id, counterparty, fee, balance, at, direction }).toEqual({
      amount: null,
      trx_id: null,
      counterparty: null,
      fee: null,
      balance: null,
      at: null,
      ...sample.reads,
      direction: template.direction,
    });
  });
});

describe('what credits by itself', () => {
  it('is a wallet of four providers, with a TrxID, of a wording seen in a real message', () => {
    const active = templateRegistry.templates.filter(
      (template) => template.creditable && template.status === 'active' && template.trxId !== null,
    );
    expect([...new Set(active.map(({ provider }) => provider))].sort()).toEqual(['bkash', 'nagad', 'rocket', 'upay']);
    expect(active.filter(({ samples }) => !samples.some(({ wording }) => wording === 'real'))).toEqual([]);
  });

  it('is read from most creditable wallet lines of the corpus', () => {
    const credited = creditableLines.filter((line) => parseMessage(line).outcome === 'credit').length;
    expect(credited).toBeGreaterThanOrEqual(38);
  });
});
