import type { MessageInput, ParsedMessage, ParseReason } from './message.js';
import { readMoney } from './money.reader.js';
import { readTime, type PrintedTime } from './printed-time.js';
import type { MoneyField, Template } from './template.js';
import type { CompiledTemplate, TemplateRegistry } from './template-registry.js';
import { bodyLengthMax, normaliseText, textLengthMax } from './text-normaliser.js';
import { trxIdDoubt } from './trx-id.js';

/** Counted up whenever the parser reads some text otherwise than before: what was unknown is then read anew. */
export const parserVersion = 1;

type Groups = Readonly<Record<string, string | undefined>>;

const NOTHING: ParsedMessage = {
  outcome: 'review',
  direction: 'none',
  creditable: false,
  provider: null,
  template: null,
  doubted: false,
  currency: null,
  amountMinor: null,
  trxId: null,
  counterparty: null,
  feeMinor: null,
  balanceMinor: null,
  account: null,
  at: null,
  atUtc: null,
  reasons: [],
};

/** Printed time against the phone's clock: a phone may be off for two days, and clocks run a little apart. */
const LATE_MAX_MS = 48 * 3_600_000;
const EARLY_MAX_MS = 10 * 60_000;

/**
 * Reads one message. Total and pure: whatever the bytes, it answers. A credit needs the exact sender, exactly one full
 * match for that sender and account type, every field strictly read, and no check speaking against it.
 */
export function parseMessage(input: MessageInput, registry: TemplateRegistry): ParsedMessage {
  const candidates = registry.candidates(input.sender, input.account);
  const text = input.body.length > bodyLengthMax ? null : normaliseText(input.body);
  if (candidates === undefined) return unknownSender(text ?? normaliseText(input.body.slice(0, textLengthMax)));
  if (text === null || text.length > textLengthMax) return { ...NOTHING, reasons: ['too_long'] };
  if (input.incomplete === true) return { ...NOTHING, reasons: ['incomplete'] };
  const matches = fullMatches(candidates, text);
  const [match] = matches;
  if (match === undefined) return { ...NOTHING, reasons: namesSum(text) ? ['unknown'] : ['unknown', 'no_amount'] };
  if (matches.length > 1) return { ...NOTHING, reasons: ['ambiguous'] };
  return judge(input, match.template, match.groups);
}

function fullMatches(candidates: readonly CompiledTemplate[], text: string): { template: Template; groups: Groups }[] {
  const matches: { template: Template; groups: Groups }[] = [];
  for (const { template, expression } of candidates) {
    const found = expression.exec(text);
    if (found) matches.push({ template, groups: found.groups ?? {} });
  }
  return matches;
}

const SUM = /(?:tk|bdt|taka|ksh|tzs|usd|r\$|\$)\.?:? {0,2}[0-9.]|[0-9] ?(?:tk|taka|mt|টাকা)(?![a-z])/i;
const RECEIPT =
  /receiv|credited|cash[ -]?in|cash[ -]?out|deposit|payment|add money|credit|t[rxn]{1,3} ?id|refund|recebe|pix|transfer/i;

function namesSum(text: string): boolean {
  return SUM.test(text);
}

/**
 * A sum and the words of a receipt under a name we do not know is what forgers send; anything else is somebody's
 * private message.
 */
function unknownSender(text: string): ParsedMessage {
  const head = text.slice(0, textLengthMax);
  if (namesSum(head) && RECEIPT.test(head))
    return { ...NOTHING, outcome: 'fraud_suspect', reasons: ['money_text_from_unknown_sender'] };
  return { ...NOTHING, outcome: 'neutral', reasons: ['unknown_sender'] };
}

interface Reading {
  readonly fields: Pick<
    ParsedMessage,
    'amountMinor' | 'trxId' | 'counterparty' | 'feeMinor' | 'balanceMinor' | 'account' | 'at' | 'atUtc'
  >;
  readonly printed: PrintedTime | null;
  readonly faults: readonly ParseReason[];
}

function read(template: Template, groups: Groups): Reading {
  const faults: ParseReason[] = [];
  const money = (field: MoneyField, fault: ParseReason): number | null => {
    const printed = groups[field];
    if (printed === undefined) {
      if (template.required.includes(field)) faults.push(fault);
      return null;
    }
    const minor = readMoney(printed, template.money);
    if (minor === null) faults.push(fault);
    return minor;
  };
  const amountMinor = money('amount', 'bad_amount');
  const feeMinor = money('fee', 'bad_fee');
  const balance = money('balance', 'bad_balance');
  const negative = groups.balance_sign !== undefined && /^(?:-|dr)/i.test(groups.balance_sign);
  const printed = groups.at_day === undefined ? null : readTime(groups, template.tz);
  if (printed === null && (groups.at_day !== undefined || template.required.includes('at'))) faults.push('bad_time');
  const trxId = groups.trx_id ?? null;
  if (trxId === null && template.required.includes('trx_id')) faults.push('bad_transaction_id');
  const fields = {
    amountMinor,
    trxId,
    feeMinor,
    balanceMinor: balance !== null && negative ? -balance : balance,
    counterparty: groups.counterparty?.trim() ?? null,
    account: groups.account ?? null,
    at: printed?.local ?? null,
    atUtc: printed === null ? null : new Date(printed.fromMs).toISOString(),
  };
  return { fields, printed, faults };
}

function judge(input: MessageInput, template: Template, groups: Groups): ParsedMessage {
  const reading = read(template, groups);
  const base = { ...NOTHING, ...reading.fields, provider: template.provider, template, currency: template.currency };
  const doubts = [...reading.faults];
  if (input.provider !== undefined && input.provider !== template.provider) {
    // Of another account: money that came in there is for a person to see, everything else is not this wallet's
    // business.
    return { ...base, outcome: template.creditable ? 'review' : 'neutral', doubted: true, reasons: ['other_provider'] };
  }
  if (template.creditable) doubts.push(...creditDoubts(input, { template, groups, reading }));
  if (doubts.length > 0) return { ...base, outcome: 'review', doubted: true, reasons: doubts };
  if (template.direction === 'none') return { ...base, outcome: 'neutral' };
  if (template.direction === 'out') return { ...base, outcome: 'debit', direction: 'out' };
  return { ...base, ...incoming(template, reading.fields), direction: 'in', creditable: template.creditable };
}

/** What keeps a believable incoming message from crediting by itself. */
function incoming(
  template: Template,
  { amountMinor, feeMinor, balanceMinor }: Reading['fields'],
): Pick<ParsedMessage, 'outcome' | 'reasons'> {
  const reasons: ParseReason[] = [];
  if (template.status === 'review_only') reasons.push('template_review_only');
  if (template.status === 'retired') reasons.push('template_retired');
  if (!template.creditable)
    return { outcome: reasons.length > 0 ? 'review' : 'neutral', reasons: ['incoming_not_a_payment', ...reasons] };
  // Nothing a customer could claim it by, and nothing that tells a resent message from a second transfer for certain.
  if (template.trxId === null) reasons.push('no_transaction_id');
  if (template.endsOpen) reasons.push('may_be_cut');
  // A wallet is never overdrawn, so it holds at least what has just arrived; a text that says otherwise has been
  // tampered with.
  if (
    template.trxId !== null &&
    amountMinor !== null &&
    balanceMinor !== null &&
    balanceMinor + (feeMinor ?? 0) < amountMinor
  )
    reasons.push('balance_below_amount');
  return { outcome: reasons.length > 0 ? 'review' : 'credit', reasons };
}

function creditDoubts(
  input: MessageInput,
  { template, groups, reading }: { template: Template; groups: Groups; reading: Reading },
): ParseReason[] {
  const doubts: ParseReason[] = [];
  const { printed, fields } = reading;
  if (fields.amountMinor === 0) doubts.push('zero_amount');
  if (fields.trxId !== null && printed !== null) {
    const doubt = trxIdDoubt(fields.trxId, printed, template.trxId?.check ?? 'none');
    if (doubt) doubts.push(doubt);
  }
  if (
    printed !== null &&
    input.receivedAt !== undefined &&
    input.receivedAt !== null &&
    !isTimely(printed, Date.parse(input.receivedAt))
  )
    doubts.push('printed_time_outside_window');
  if (template.untrusted.some((group) => carriesTemplateWords(groups[group] ?? '')))
    doubts.push('text_contains_template_words');
  return doubts;
}

/** An unreadable moment of receipt says nothing for the message, so it counts against it. */
function isTimely(printed: PrintedTime, receivedMs: number): boolean {
  return printed.toMs >= receivedMs - LATE_MAX_MS && printed.fromMs <= receivedMs + EARLY_MAX_MS;
}

/**
 * Words only a provider's own text has a use for: labels followed by what they label, sums with decimals, a second
 * receipt.
 */
const TEMPLATE_WORDS = new RegExp(
  [
    't[rxn]{1,3} ?id',
    '\\bbal(?:ance)?\\.?(?: is)?:? ?(?:tk|bdt|ksh|[0-9])',
    '\\bfee:? ?(?:tk|bdt)',
    '\\bam(?:oun)?t: ?',
    'you have received',
    'voc. recebeu',
    '(?:tk|bdt|ksh)\\.? ?[0-9][0-9,]{0,15}\\.[0-9]{2}',
    'confirmed\\.',
  ].join('|'),
  'i',
);

function carriesTemplateWords(written: string): boolean {
  return written.length >= 4 && TEMPLATE_WORDS.test(written);
}
