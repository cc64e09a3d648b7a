import { Validate } from 'class-validator';
import { FieldConstraint } from '@paymatch/gateway-edge';
import { booleanRule, currencyRule, integerRule, lineRule, optional } from './panel.rules.js';

export class IssueClientDto {
  @Validate(FieldConstraint, [optional(integerRule('rate_limit_per_minute', 1, 1_000_000))])
  rate_limit_per_minute?: number;
}

/** What a Pix key or an account may look like is said by whoever keeps them. */
export class PixAccountDto {
  @Validate(FieldConstraint, [lineRule('pix_key', 77)]) pix_key!: string;
  @Validate(FieldConstraint, [lineRule('beneficiary', 100)]) beneficiary!: string;
  @Validate(FieldConstraint, [lineRule('city', 100)]) city!: string;
}

export class PixCallbackDto {
  @Validate(FieldConstraint, [optional(booleanRule('with_header'))]) with_header?: boolean;
}

export class BankAccountDto {
  @Validate(FieldConstraint, [lineRule('name', 100)]) name!: string;
  @Validate(FieldConstraint, [lineRule('code', 100)]) code!: string;
  @Validate(FieldConstraint, [lineRule('agency', 100)]) agency!: string;
  @Validate(FieldConstraint, [lineRule('account', 100)]) account!: string;
  @Validate(FieldConstraint, [lineRule('account_operation', 100)]) account_operation!: string;
  @Validate(FieldConstraint, [lineRule('document', 100)]) document!: string;
  @Validate(FieldConstraint, [lineRule('beneficiary', 100)]) beneficiary!: string;
}

export class ExchangeRateDto {
  @Validate(FieldConstraint, [currencyRule]) base_currency!: string;
  @Validate(FieldConstraint, [lineRule('rate', 30)]) rate!: string;
}
