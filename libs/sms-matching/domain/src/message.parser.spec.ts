import fc from 'fast-check';
import type { MessageInput } from './message.js';
import { toParseResult } from './parse-result.js';
import { parseMessage, templateRegistry } from './shipped-registry.js';
import { accountTypes, corpus } from './testing/corpus-lines.js';

const BODY =
  'You have received Tk 350.00 from 01716224375. Fee Tk 0.00. Balance Tk 2,231.40. TrxID DHE7XOID8Q at 14/08/2026 11:07';
const bkash = (body: string, more: Partial<MessageInput> = {}) =>
  parseMessage({ account: 'personal', sender: 'bKash', body, ...more });

describe('a message of a known shape', () => {
  it('is read to the poisha, in UTC and as printed', () => {
    expect(bkash(BODY)).toMatchObject({
      outcome: 'credit',
      direction: 'in',
      creditable: true,
      doubted: false,
      provider: 'bkash',
      currency: 'BDT',
      amountMinor: 35_000,
      feeMinor: 0,
      balanceMinor: 223_140,
      trxId: 'DHE7XOID8Q',
      counterparty: '01716224375',
      at: '2026-08-14T11:07:00',
      atUtc: '2026-08-14T05:07:00.000Z',
      reasons: [],
    });
  });

  it.each([
    ['another day in its TrxID', BODY.replace('DHE7', 'DHF7'), 'trx_id_date_mismatch'],
    ['another year in its TrxID', BODY.replace('DHE7', 'CHE7'), 'trx_id_date_mismatch'],
    ['a day the calendar has not', BODY.replace('14/08', '31/09'), 'bad_time'],
    ['an hour the clock has not', BODY.replace('11:07', '24:07'), 'bad_time'],
    ['a broken grouping', BODY.replace('Tk 350.00', 'Tk 3,50.00'), 'bad_amount'],
    ['a broken grouping in its balance', BODY.replace('2,231.40', '22,31.40'), 'bad_balance'],
    ['no money', BODY.replace('Tk 350.00', 'Tk 0.00'), 'zero_amount'],
    [
      'template words typed by the payer',
      BODY.replace('. Fee', '. Ref x TrxID DHE7XOID8Z. Fee'),
      'text_contains_template_words',
    ],
  ])('goes to a person with %s, and shows none of its figures as certain', (_name, body, reason) => {
    const parsed = bkash(body);
    expect(parsed).toMatchObject({ outcome: 'review', doubted: true, creditable: false, direction: 'none' });
    expect(parsed.reasons).toContain(reason);
    expect(toParseResult(parsed)).toMatchObject({
      amount: null,
      trx_id: null,
      at: null,
      template: 'bkash.money_received',
    });
  });

  it('goes to a person when a wallet holds less than what has just arrived', () => {
    expect(bkash(BODY.replace('2,231.40', '349.99'))).toMatchObject({
      outcome: 'review',
      reasons: ['balance_below_amount'],
    });
    expect(bkash(BODY.replace('2,231.40', '350.00')).outcome).toBe('credit');
  });

  it.each([
    ['at the printed minute', '2026-08-14T05:07:30Z', 'credit'],
    ['ten minutes before the printed one', '2026-08-14T04:57:00Z', 'credit'],
    ['a moment earlier than that', '2026-08-14T04:56:59.999Z', 'review'],
    ['48 hours later', '2026-08-16T05:07:00Z', 'credit'],
    ['a minute after 48 hours', '2026-08-16T05:08:00Z', 'review'],
    ['at no moment at all', 'yesterday', 'review'],
  ])('received %s', (_name, receivedAt, outcome) => {
    expect(bkash(BODY, { receivedAt }).outcome).toBe(outcome);
  });

  it('credits nothing while parts of it are missing', () => {
    expect(bkash(BODY, { incomplete: true })).toMatchObject({ outcome: 'review', reasons: ['incomplete'] });
  });

  it("of another provider than the wallet's is shown to a person if it may be a payment, and is nobody's business if not", () => {
    expect(bkash(BODY, { provider: 'nagad' })).toMatchObject({
      outcome: 'review',
      creditable: false,
      reasons: ['other_provider'],
    });
    expect(bkash('Your bKash verification code is 771920.', { provider: 'nagad' })).toMatchObject({
      outcome: 'neutral',
      reasons: ['other_provider'],
    });
    expect(bkash(BODY, { provider: 'bkash' }).outcome).toBe('credit');
  });
});

describe('a message of no known shape', () => {
  it('goes to a person, and says so when it names no sum', () => {
    expect(bkash('Tk 500.00 were put into your wallet')).toMatchObject({ outcome: 'review', reasons: ['unknown'] });
    expect(bkash('Happy new year from bKash')).toMatchObject({ outcome: 'review', reasons: ['unknown', 'no_amount'] });
  });

  it('is a private matter from an unknown sender, unless it reads like a receipt', () => {
    expect(parseMessage({ account: 'personal', sender: '01711000000', body: 'see you at 5' })).toMatchObject({
      outcome: 'neutral',
      reasons: ['unknown_sender'],
    });
    expect(parseMessage({ account: 'personal', sender: '01711000000', body: BODY }).outcome).toBe('fraud_suspect');
    expect(parseMessage({ account: 'personal', sender: '01711000000', body: BODY + 'x'.repeat(9_000) }).outcome).toBe(
      'fraud_suspect',
    );
  });
});

describe('a hostile body', () => {
  const samples = templateRegistry.templates.flatMap((template) =>
    template.samples.map((sample) => ({ template, body: sample.body })),
  );
  const fillers = [
    '1',
    '1,',
    ' ',
    '\n',
    '.',
    'a',
    'Tk ',
    '*',
    'Ref A. Fee Tk 0.00. Balance Tk 1.00. TrxID ',
    ' | ',
    '\u200b',
    '\u09e7',
    '৳',
  ];

  it('of ten thousand letters is put aside unread', () => {
    expect(bkash('1'.repeat(10_000)).reasons).toEqual(['too_long']);
    expect(bkash(BODY + ' '.repeat(3_000)).outcome).toBe('credit');
    expect(bkash(`${BODY}${'\u200b'.repeat(3_000)}`).outcome).toBe('credit');
    expect(bkash(`${BODY}${'x'.repeat(1_000)}`).reasons).toEqual(['too_long']);
  });

  // The worst that the length limit lets through: true beginnings filled up with what the patterns repeat.
  it('takes less than five milliseconds, at any length, over all templates of its sender', () => {
    const attacks = samples.flatMap(({ template, body }, place) =>
      [0.3, 0.7, 0.95].flatMap((share) => {
        const filler = fillers[place % fillers.length] as string;
        const head = body.slice(0, Math.floor(body.length * share));
        return [999, 3_999, 10_000].map((length) => ({
          template,
          body: (head + filler.repeat(length)).slice(0, length),
        }));
      }),
    );
    // The best of a few runs: a busy machine slows some of them, a pattern that backtracks slows them all.
    const timed = ({ template, body }: (typeof attacks)[number]): number => {
      const start = process.hrtime.bigint();
      parseMessage({ account: template.accountTypes[0] ?? 'personal', sender: template.senders[0] ?? '', body });
      return Number(process.hrtime.bigint() - start) / 1e6;
    };
    const slow = attacks.filter((attack) => ![0, 1, 2, 3, 4].some(() => timed(attack) < 5));
    expect(slow.map(({ template, body }) => [template.id, body.slice(0, 60)])).toEqual([]);
  });
});

describe('any text whatever', () => {
  const pieces = corpus.flatMap(({ body }) => body.split(/(?<=[. \n])/));
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((found) => found.join('')),
  );
  const sender = fc.oneof(
    fc.constantFrom(...corpus.map((line) => line.sender)),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );

  it('gets an answer, the same each time, and a credit only with sum and TrxID', () => {
    fc.assert(
      fc.property(text, sender, fc.constantFrom(...accountTypes), (body, from, account) => {
        const parsed = parseMessage({ account, sender: from, body });
        expect(parseMessage({ account, sender: from, body })).toEqual(parsed);
        if (parsed.outcome === 'credit') {
          expect(
            parsed.creditable &&
              !parsed.doubted &&
              parsed.direction === 'in' &&
              parsed.trxId !== null &&
              (parsed.amountMinor ?? 0) > 0,
          ).toBe(true);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('of a credit is read back with any amount, balance and reference', () => {
    const poisha = fc.integer({ min: 1, max: 99_999_999 });
    const sum = (minor: number): string =>
      `${Math.floor(minor / 100).toLocaleString('en-US')}.${String(minor % 100).padStart(2, '0')}`;
    fc.assert(
      fc.property(poisha, poisha, fc.stringMatching(/^[a-z0-9]{0,12}$/), (amount, before, ref) => {
        const body =
          `You have received Tk ${sum(amount)} from 01716224375. Ref ${ref}. Fee Tk 0.00. Balance Tk ` +
          `${sum(amount + before)}. TrxID DHE7XOID8Q at 14/08/2026 11:07`;
        expect(bkash(body)).toMatchObject({ outcome: 'credit', amountMinor: amount, balanceMinor: amount + before });
      }),
      { numRuns: 300 },
    );
  });
});
