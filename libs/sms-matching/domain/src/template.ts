import { currencyOfProvider } from '@paymatch/vocabulary';
import type { AccountType, Direction } from './account-types.js';
import type { Grouping } from './money.reader.js';
import type { Zone } from './printed-time.js';

export type MoneyField = 'amount' | 'fee' | 'balance';
export type TemplateField = MoneyField | 'trx_id' | 'at';
export type TrxIdCheck = 'bkash_date' | 'mpesa_date' | 'upay_time' | 'none';
export type TemplateStatus = 'active' | 'review_only' | 'retired';

export interface TrxIdRule {
  /** A regular expression for the id alone. */
  readonly shape: string;
  /**
   * What the id must agree with; a disagreement is a review, because the rule is inferred and not the provider's own.
   */
  readonly check: TrxIdCheck;
}

export interface SampleReading {
  readonly amount?: string;
  readonly trx_id?: string;
  readonly counterparty?: string;
  readonly fee?: string;
  readonly balance?: string;
  readonly at?: string;
}

/** A message of this template. `real`: the wording is public as a real message; the numbers are invented always. */
export interface Sample {
  readonly wording: 'real' | 'derived';
  readonly body: string;
  readonly sender?: string;
  /** What must be read out of it; fields left out must read as `null`. */
  readonly reads?: SampleReading;
}

/**
 * One message shape, as data. `pattern` is a regular expression for the whole text with these shorthands:
 * `{amount} {fee} {balance}` money with exactly two decimals, with `~` (`{amount~}`) none to two; `{trx_id}` the id's
 * shape; `{at}` the printed time; `{msisdn}` a full mobile number as counterparty; `{ref}` what the payer typed;
 * `{tail}` one of `tails`. Other groups: `counterparty`, `account`, `balance_sign`, `open_tail`.
 */
export interface Template {
  readonly id: string;
  readonly provider: string;
  /** Compared after trimming and case folding, nothing else: a dot or an inner space is part of the mask. */
  readonly senders: readonly string[];
  readonly accountTypes: readonly AccountType[];
  readonly kind: string;
  readonly direction: Direction;
  readonly creditable: boolean;
  readonly currency: string;
  readonly pattern: string;
  readonly required: readonly TemplateField[];
  readonly money: readonly Grouping[];
  /** Layout of the printed time (LDML letters, literals in quotes). */
  readonly at: string | null;
  readonly tz: Zone;
  readonly trxId: TrxIdRule | null;
  readonly tails: readonly string[];
  readonly status: TemplateStatus;
  /** Groups that somebody else than the provider may have written. */
  readonly untrusted: readonly string[];
  /** The end of the text has no fixed length, so a cut message cannot be told from a whole one. */
  readonly endsOpen: boolean;
  readonly samples: readonly Sample[];
  readonly nearMisses: readonly string[];
}

/** What the templates of one provider have in common. */
export interface ProviderDefaults {
  readonly provider: string;
  readonly senders: readonly string[];
  readonly tz: Zone;
  readonly money: readonly Grouping[];
  readonly accountTypes: readonly AccountType[];
  readonly at?: string | null;
  readonly trxId?: TrxIdRule | null;
  readonly tails?: readonly string[];
  readonly status?: TemplateStatus;
}

export type TemplateSpec = Pick<Template, 'pattern' | 'samples'> &
  Partial<
    Pick<
      Template,
      | 'senders'
      | 'accountTypes'
      | 'kind'
      | 'at'
      | 'trxId'
      | 'tails'
      | 'status'
      | 'untrusted'
      | 'endsOpen'
      | 'nearMisses'
      | 'currency'
      | 'money'
    >
  >;

/** Everything a provider's file exports: its masks are known senders even where no template of theirs is known. */
export interface ProviderTemplates {
  readonly provider: string;
  readonly senders: readonly string[];
  readonly templates: readonly Template[];
}

const FIELDS: readonly TemplateField[] = ['amount', 'fee', 'balance', 'trx_id', 'at'];
const UNTRUSTED = ['ref', 'counterparty', 'open_tail'];

/** `real(...)` and `derived(...)` say where a sample's wording comes from. */
export const real = (body: string, reads?: SampleReading): Sample =>
  reads ? { wording: 'real', body, reads } : { wording: 'real', body };
export const derived = (body: string, reads?: SampleReading): Sample =>
  reads ? { wording: 'derived', body, reads } : { wording: 'derived', body };

/** Fields every match must have: those outside optional groups. */
function certainFields(pattern: string): readonly TemplateField[] {
  let certain = pattern.replace(/\\./g, '');
  for (let before = ''; before !== certain;) {
    before = certain;
    certain = certain.replace(/\([^()]*\)\?/g, '').replace(/\((?:\?:|\?<[a-z_]+>)([^()]*)\)/g, '$1');
  }
  return FIELDS.filter((field) => certain.includes(`{${field}}`) || certain.includes(`{${field}~}`));
}

/** Writers of one provider's templates: a credit, money in that is no payment, money out, and a notice. */
export function templatesOf(defaults: ProviderDefaults) {
  const write =
    (direction: Direction, creditable: boolean) =>
    (name: string, spec: TemplateSpec): Template => ({
      id: `${defaults.provider}.${name}`,
      provider: defaults.provider,
      senders: spec.senders ?? defaults.senders,
      accountTypes: spec.accountTypes ?? defaults.accountTypes,
      kind: spec.kind ?? name,
      direction,
      creditable,
      currency: spec.currency ?? currencyOfProvider(defaults.provider),
      pattern: spec.pattern,
      required: certainFields(spec.pattern),
      money: spec.money ?? defaults.money,
      at: spec.at === undefined ? (defaults.at ?? null) : spec.at,
      tz: defaults.tz,
      trxId: spec.trxId === undefined ? (defaults.trxId ?? null) : spec.trxId,
      tails: spec.tails ?? defaults.tails ?? [''],
      status: spec.status ?? defaults.status ?? 'active',
      untrusted: spec.untrusted ?? UNTRUSTED,
      endsOpen: spec.endsOpen ?? false,
      samples: spec.samples,
      nearMisses: spec.nearMisses ?? [],
    });
  return {
    credit: write('in', true),
    incoming: write('in', false),
    outgoing: write('out', false),
    notice: write('none', false),
  };
}
