import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseMessage, templateRegistry, type AccountType } from '@paymatch/sms-matching-domain';
import { median, spread, type Report } from './report.js';

const ROUNDS = 31;
/** Messages of one turn: the corpus this many times over. */
const PASSES = 40;
const WARM_UP_ROUNDS = 5;
const HOSTILE_LENGTHS = [999, 3_999, 10_000] as const;
const HOSTILE_TRIES = 5;

interface Message {
  readonly provider: string;
  readonly account: AccountType;
  readonly sender: string;
  readonly body: string;
}

/**
 * How many messages one core reads a second, over the labelled corpus as it is mixed: credits, debits, codes,
 * promotions, fraud. Beside it JSON.parse of the very lines the corpus is stored in, as a measure of the machine; turns
 * alternate, ratios are taken within a turn.
 */
export async function run(): Promise<Report> {
  const file = path.resolve(__dirname, '../../libs/sms-matching/domain/src/corpus/samples.jsonl');
  const lines = readFileSync(file, 'utf8').trim().split('\n');
  const messages = lines.map((line) => JSON.parse(line) as Message & { readonly creditable: boolean });
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    parseRound(lines);
    jsonRound(lines);
  }
  const [ours, theirs]: [number[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round += 1) {
    ours.push(parseRound(lines));
    theirs.push(jsonRound(lines));
  }
  const ratios = ours.map((speed, round) => speed / theirs[round]!);
  const hostile = HOSTILE_LENGTHS.map((length) => worstHostileMs(length));
  return {
    lines: [
      `${messages.length} labelled messages, ${messages.filter((message) => message.creditable).length} of them ` +
        `credits; ${ROUNDS} turns of ${messages.length * PASSES} messages each, one core, median (min–max)`,
      `parseMessage             ${spread(ours)} messages/s`,
      `JSON.parse of the lines  ${spread(theirs)} lines/s`,
      `ratio                    ${spread(ratios, 3)}`,
      'worst hostile body       ' +
        `${HOSTILE_LENGTHS.map((length, index) => `${hostile[index]!.toFixed(3)} ms of ${length} letters`).join(', ')} ` +
        `(best of ${HOSTILE_TRIES} tries each)`,
    ],
    targets: [
      { name: 'messages a second', value: median(ours), atLeast: 20_000 },
      { name: 'worst hostile body of 10,000 letters, ms', value: hostile.at(-1)!, atMost: 5 },
      { name: 'worst hostile body of any length, ms', value: Math.max(...hostile), atMost: 5 },
    ],
  };
}

function parseRound(lines: readonly string[]): number {
  // Fresh texts each time: a text seen before may be answered from what the regular expression engine keeps.
  const messages = Array.from({ length: PASSES }, () => lines.map((line) => JSON.parse(line) as Message)).flat();
  let credits = 0;
  const beganAt = performance.now();
  for (const message of messages) if (parseMessage(message).outcome === 'credit') credits += 1;
  const perSecond = (messages.length / (performance.now() - beganAt)) * 1_000;
  // Reading nothing would be fast, too.
  if (credits < 30 * PASSES) throw new Error(`only ${credits} of ${messages.length} messages were read as credits`);
  return perSecond;
}

function jsonRound(lines: readonly string[]): number {
  let letters = 0;
  const beganAt = performance.now();
  for (let pass = 0; pass < PASSES; pass += 1)
    for (const line of lines) letters += (JSON.parse(line) as Message).body.length;
  const perSecond = ((PASSES * lines.length) / (performance.now() - beganAt)) * 1_000;
  if (letters === 0) throw new Error('the corpus is empty');
  return perSecond;
}

/**
 * True beginnings of every template's samples, filled up with what its patterns repeat: the slowest of all, each at its
 * best of a few tries.
 */
function worstHostileMs(length: number): number {
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
  let worst = 0;
  for (const template of templateRegistry.templates) {
    const heads = template.samples.flatMap(({ body }) =>
      [0.3, 0.7, 0.95].map((share) => body.slice(0, Math.floor(body.length * share))),
    );
    for (const body of heads.flatMap((head) =>
      fillers.map((filler) => (head + filler.repeat(length)).slice(0, length)),
    )) {
      const message = {
        account: template.accountTypes[0] ?? 'personal',
        sender: template.senders[0] ?? '',
        body,
      } as const;
      worst = Math.max(worst, Math.min(...Array.from({ length: HOSTILE_TRIES }, () => timed(message))));
    }
  }
  return worst;
}

function timed(message: Omit<Message, 'provider'>): number {
  const beganAt = performance.now();
  parseMessage(message);
  return performance.now() - beganAt;
}
