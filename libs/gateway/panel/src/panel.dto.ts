import { Validate } from 'class-validator';
import type { AccountType, WebhookEventName } from '@paymatch/contracts';
import { FieldConstraint, type Ability } from '@paymatch/gateway-access';
import {
  abilitiesRule, accountTypeRule, deviceWalletsRule, eventsRule, integerRule, lineRule, momentRule, optional, originsRule, paymentIdRule, personRule, providerRule, secretRule, toleranceRule,
  walletNumberRule, webhookUrlRule,
} from './panel.rules.js';

export class SetEndpointDto {
  @Validate(FieldConstraint, [webhookUrlRule]) url!: string;
  @Validate(FieldConstraint, [optional(eventsRule)]) events?: readonly WebhookEventName[];
  @Validate(FieldConstraint, [optional(secretRule)]) secret?: string | null;
}

export class AddWalletDto {
  @Validate(FieldConstraint, [providerRule]) provider!: string;
  @Validate(FieldConstraint, [walletNumberRule]) number!: string;
  @Validate(FieldConstraint, [accountTypeRule]) account_type!: AccountType;
}

export class EnrolDeviceDto {
  @Validate(FieldConstraint, [lineRule('name', 100)]) name!: string;
  @Validate(FieldConstraint, [deviceWalletsRule]) wallets!: readonly { readonly wallet_id: string; readonly sim_slot?: number | null }[];
}

export class IssueKeyDto {
  @Validate(FieldConstraint, [optional(personRule)]) name?: string;
  @Validate(FieldConstraint, [optional(abilitiesRule)]) abilities?: readonly Ability[];
  @Validate(FieldConstraint, [optional(integerRule('rate_limit_per_minute', 1, 1_000_000))]) rate_limit_per_minute?: number;
  @Validate(FieldConstraint, [optional(momentRule)]) expires_at?: string | null;
}

export class ChangeMerchantDto {
  @Validate(FieldConstraint, [optional(lineRule('name', 100))]) name?: string;
  @Validate(FieldConstraint, [optional(integerRule('expiry_minutes', 1, 10_080))]) expiry_minutes?: number;
  @Validate(FieldConstraint, [optional(toleranceRule)]) amount_tolerance?: string;
  @Validate(FieldConstraint, [optional(originsRule)]) allowed_origins?: readonly string[];
}

export class AssignCaseDto {
  @Validate(FieldConstraint, [paymentIdRule]) payment_id!: string;
}

export class IgnoreCaseDto {
  @Validate(FieldConstraint, [lineRule('reason', 500)]) reason!: string;
}

/** For requests without fields: whatever is sent is refused by name. */
export class NoFieldsDto {
  @Validate(FieldConstraint, [optional(() => 'Send no fields.')]) readonly none?: never;
}
