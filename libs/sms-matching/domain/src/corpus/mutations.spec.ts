import { toParseResult } from '../parse-result.js';
import { parseMessage, templateRegistry } from '../shipped-registry.js';
import { normaliseText } from '../text-normaliser.js';
import { accountTypes, corpus, creditableLines, type CorpusLine } from '../testing/corpus-lines.js';

/** Whether a changed copy of a line credits something else than the line itself does. */
function creditsWrongly(line: CorpusLine, changed: Partial<CorpusLine>): boolean {
  const parsed = parseMessage({ ...line, ...changed });
  if (parsed.outcome !== 'credit') return false;
  const { amount, trx_id } = toParseResult(parsed);
  return amount !== line.expect.amount || trx_id !== line.expect.trx_id;
}
const credits = (line: CorpusLine, changed: Partial<CorpusLine>): boolean =>
  parseMessage({ ...line, ...changed }).outcome === 'credit';
const wallets = creditableLines.filter((line) => parseMessage(line).outcome === 'credit');

describe('a creditable message that was changed on its way', () => {
  it('never credits from an unknown sender or one that looks alike', () => {
    const senders = (line: CorpusLine): readonly string[] =>
      [
        '01799000111',
        '+8801899000222',
        'Personal',
        '',
        ' ',
        `${line.sender}-BD`,
        `${line.sender} Offer`,
        `${line.sender}..`,
        `${line.sender}\u200b`,
        `${line.sender}\u00a0`,
        `x${line.sender}`,
        line.sender.replace(/[aA]/, '\u0430'),
        line.sender.replace(/[kK]/, '\u212a'),
        `b-${line.sender.slice(1)}`,
        `${line.sender}PROMO`,
        'bKash Offer',
        'b-Kash',
        'bK\u0430sh',
      ].filter((sender) => sender !== line.sender);
    const wrong = wallets.flatMap((line) =>
      senders(line)
        .filter((sender) => credits(line, { sender }))
        .map((sender) => [sender, line.body]),
    );
    expect(wrong).toEqual([]);
  });

  it('is a suspected fraud under a phone number or a promotion mask', () => {
    const believed = creditableLines.filter(
      (line) => parseMessage({ ...line, sender: '+8801899000222' }).outcome !== 'fraud_suspect',
    );
    expect(believed.map(({ body }) => body)).toEqual([]);
  });

  it('credits the same or nothing when cut at any letter, at either end', () => {
    const wrong = creditableLines.flatMap((line) =>
      Array.from(line.body, (_letter, cut) => [line.body.slice(0, cut), line.body.slice(cut + 1)])
        .flat()
        .filter((body) => creditsWrongly(line, { body })),
    );
    expect(wrong).toEqual([]);
  });

  it('never credits under another TrxID when one letter of it is lost', () => {
    const wrong = wallets.flatMap((line) =>
      Array.from(line.body, (_letter, at) => line.body.slice(0, at) + line.body.slice(at + 1)).filter((body) => {
        const result = toParseResult(parseMessage({ ...line, body }));
        return result.outcome === 'credit' && result.trx_id !== line.expect.trx_id;
      }),
    );
    expect(wrong).toEqual([]);
  });

  it('credits nothing when what the payer typed is another message', () => {
    const injected = wallets.flatMap((line) =>
      wallets
        .filter((other) => other !== line)
        .flatMap((other) =>
          [' ', '. ', '\n'].flatMap((glue) =>
            refsReplaced(line, `A${glue}${other.body}`).filter((body) => credits(line, { body })),
          ),
        ),
    );
    expect(wallets.flatMap((line) => refsReplaced(line, 'thanks')).length).toBeGreaterThanOrEqual(15);
    expect(injected).toEqual([]);
  });

  it('still credits with an ordinary reference, and never from the figures in it', () => {
    const refs = ['thanks', 'order 500 tk', 'Invoice 12, 3 pcs', 'fee', 'balance'];
    const read = wallets.flatMap((line) =>
      refs.flatMap((ref) =>
        refsReplaced(line, ref).map((body) => [credits(line, { body }), creditsWrongly(line, { body })]),
      ),
    );
    expect(read.filter(([credited, wrongly]) => !credited || wrongly)).toEqual([]);
  });

  it('credits nothing with a homoglyph in its id', () => {
    const glyphs = ['\u039f', '\u0410', '\uff10', '\u0966', 'o', '\u0130', '-', ' '];
    const wrong = wallets.flatMap((line) =>
      Array.from(line.expect.trx_id ?? '', (_letter, at) =>
        glyphs.map((glyph) => {
          const id = line.expect.trx_id ?? '';
          return line.body.replace(id, id.slice(0, at) + glyph + id.slice(at + 1));
        }),
      )
        .flat()
        .filter((body) => credits(line, { body })),
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    ['CRLF line ends', (body: string) => body.replaceAll('\n', '\r\n')],
    ['no-break spaces', (body: string) => body.replaceAll(' ', '\u00a0')],
    ['zero-width letters', (body: string) => body.replaceAll(' ', ' \u200b')],
    ['Bangla digits', (body: string) => body.replace(/[0-9]/g, (digit) => String.fromCharCode(0x9e6 + Number(digit)))],
    ['spaces at the ends', (body: string) => `  ${body.replaceAll('\n', '  \n')} \n`],
  ])('is read as before with %s', (_name, change) => {
    const misread = creditableLines.filter((line) => {
      const before = toParseResult(parseMessage(line));
      return (
        JSON.stringify(toParseResult(parseMessage({ ...line, body: change(line.body) }))) !== JSON.stringify(before)
      );
    });
    expect(misread.map(({ body }) => body)).toEqual([]);
  });

  it('credits nothing when it comes twice in one body, or with any other message behind or before it', () => {
    const wrong = wallets.flatMap((line) =>
      corpus.flatMap((other) =>
        ['', ' ', '\n', '. '].flatMap((glue) =>
          [line.body + glue + other.body, other.body + glue + line.body].filter((body) => credits(line, { body })),
        ),
      ),
    );
    expect(wrong).toEqual([]);
  });

  it('credits nothing with doubled spaces, unless it reads the same', () => {
    expect(creditableLines.filter((line) => creditsWrongly(line, { body: line.body.replaceAll(' ', '  ') }))).toEqual(
      [],
    );
  });

  it('credits nothing when amount and balance are swapped', () => {
    const swapped = wallets
      .filter((line) => line.expect.balance !== null && line.expect.balance !== line.expect.amount)
      .filter((line) => credits(line, { body: swapSums(line.body) }));
    expect(swapped.map(({ body }) => body)).toEqual([]);
  });

  it('credits nothing under the mask of any other provider, as any kind of account', () => {
    const masks = [...new Set(templateRegistry.templates.flatMap(({ senders }) => senders))];
    const wrong = wallets.flatMap((line) =>
      masks
        .filter((sender) => !parseMessage(line).template?.senders.includes(sender))
        .flatMap((sender) =>
          accountTypes.filter((account) => credits(line, { sender, account })).map(() => [sender, line.body]),
        ),
    );
    expect(wrong).toEqual([]);
  });

  it('credits nothing for a wallet of another provider, and shows the money to a person', () => {
    const outcomes = wallets.map((line) => parseMessage({ ...line, provider: 'somebody-else' }).outcome);
    expect(new Set(outcomes)).toEqual(new Set(['review']));
  });
});

describe('the same words on another kind of account', () => {
  it('credit there only where both kinds get them for money in', () => {
    const flipped = wallets.flatMap((line) =>
      accountTypes
        .filter((account) => account !== line.account && credits(line, { account }))
        .map((account) => `${line.account} as ${account}: ${line.provider} ${line.kind}`),
    );
    expect([...new Set(flipped)].sort()).toEqual([
      'agent as personal: bkash agent_b2b_in',
      'personal as agent: bkash money_received',
    ]);
  });
});

/** The line with something typed as reference, where its template has one. */
function refsReplaced(line: CorpusLine, ref: string): string[] {
  const candidates = [
    line.body.replace(/\. ?Ref [^\n]{0,100}?\. Fee Tk/, () => `. Ref ${ref}. Fee Tk`),
    line.body.replace(
      /(received (?:payment )?Tk [0-9,.]+ from 01[0-9]{9})\. Fee Tk/,
      (_all, head: string) => `${head}.Ref ${ref}. Fee Tk`,
    ),
    line.body.replace(/Ref: [^\n]{0,100}?([\n ])TxnID/, (_all, end: string) => `Ref: ${ref}${end}TxnID`),
    line.body.replace(/Ref-[^\n]{0,40}?\. Balance/, () => `Ref-${ref}. Balance`),
    line.body.replace(/Ref No: NA/, () => `Ref No: ${ref}`),
  ];
  return candidates.filter((body) => body !== line.body);
}

function swapSums(original: string): string {
  const body = normaliseText(original);
  const [amount] = /(?<=(?:Tk|Amt:|Amount:)\.? ?(?:Tk {0,2})?)[0-9][0-9,]*\.[0-9]{1,2}/.exec(body) ?? [];
  const [balance] = /(?<=(?:Balance|Bal|NetBal):? ?(?:Tk\.? ?)?)[0-9][0-9,]*\.[0-9]{2}/i.exec(body) ?? [];
  if (amount === undefined || balance === undefined) throw new Error(`no sums to swap in ${body}`);
  const first = body.indexOf(amount);
  const last = body.lastIndexOf(balance);
  return (
    body.slice(0, first) +
    balance +
    body.slice(first + amount.length, last) +
    amount +
    body.slice(last + balance.length)
  );
}
