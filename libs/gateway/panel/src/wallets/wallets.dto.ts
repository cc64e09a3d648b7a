import { Validate } from 'class-validator';
import { parseMinor, type AccountType } from '@paymatch/contracts';
import { FieldConstraint, validationProblem } from '@paymatch/gateway-edge';
import { noLimits, type WalletLimits } from '@paymatch/gateway-receiving';
import { accountTypeRule, amountRule, lineRule, orNull, providerRule, walletNumberRule } from '../panel.rules.js';

const nameRule = orNull(lineRule('account_name', 100));
const limitRule = orNull(amountRule);

export class AddWalletDto {
  @Validate(FieldConstraint, [providerRule]) provider!: string;
  @Validate(FieldConstraint, [walletNumberRule]) number!: string;
  @Validate(FieldConstraint, [accountTypeRule]) account_type!: AccountType;
  @Validate(FieldConstraint, [nameRule]) account_name?: string | null;
  @Validate(FieldConstraint, [limitRule]) payment_min?: string | null;
  @Validate(FieldConstraint, [limitRule]) payment_max?: string | null;
  @Validate(FieldConstraint, [limitRule]) day_max?: string | null;
  @Validate(FieldConstraint, [limitRule]) month_max?: string | null;
}

/** What is absent stays; `null` takes back what was said. */
export class ChangeWalletDto {
  @Validate(FieldConstraint, [nameRule]) account_name?: string | null;
  @Validate(FieldConstraint, [limitRule]) payment_min?: string | null;
  @Validate(FieldConstraint, [limitRule]) payment_max?: string | null;
  @Validate(FieldConstraint, [limitRule]) day_max?: string | null;
  @Validate(FieldConstraint, [limitRule]) month_max?: string | null;
}

/** Throws a problem when a smaller limit lies above a larger one: nothing could ever be sent. */
export function readLimits(said: ChangeWalletDto, before: WalletLimits = noLimits): WalletLimits {
  const limits = {
    paymentMinMinor: minorOf(said.payment_min, before.paymentMinMinor),
    paymentMaxMinor: minorOf(said.payment_max, before.paymentMaxMinor),
    dayMaxMinor: minorOf(said.day_max, before.dayMaxMinor),
    monthMaxMinor: minorOf(said.month_max, before.monthMaxMinor),
  };
  const rising = [
    ['payment_min', limits.paymentMinMinor],
    ['payment_max', limits.paymentMaxMinor],
    ['day_max', limits.dayMaxMinor],
    ['month_max', limits.monthMaxMinor],
  ] as const;
  const set = rising.flatMap(([field, minor]) => (minor === null ? [] : [{ field, minor }]));
  const fault = set.find(({ minor }, index) => index > 0 && minor < set[index - 1]!.minor);
  if (fault !== undefined)
    throw validationProblem({
      [fault.field]: ['Send limits that do not lie below one another: smallest, largest, day, month.'],
    });
  return limits;
}

function minorOf(said: string | null | undefined, before: number | null): number | null {
  if (said === undefined) return before;
  return said === null ? null : (parseMinor(said) ?? before);
}
