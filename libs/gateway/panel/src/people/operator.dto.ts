import { Validate } from 'class-validator';
import { common, described, FieldConstraint, fieldsOf, json, type FieldRule } from '@paymatch/gateway-edge';
import { booleanRule, lineRule, momentRule, optional } from '../panel.rules.js';
import { emailRule } from './people.dto.js';

const PLAN_ID = '^[a-z0-9][a-z0-9-]{0,39}$';

/** A plan of `ops plan`, until a moment. */
const planRule: FieldRule = described(
  json.object(
    { id: json.text({ pattern: PLAN_ID, examples: ['small'] }), until: common.moment },
    { additionalProperties: false },
  ),
  (value) => {
    const { id, until, ...others } = fieldsOf(value);
    const isPlan =
      typeof id === 'string' && new RegExp(PLAN_ID).test(id) && momentRule(until) === null && until !== null;
    return isPlan && Object.keys(others).length === 0 ? null : 'Send {"id": …, "until": …}.';
  },
);

export class CreateMerchantDto {
  @Validate(FieldConstraint, [lineRule('name', 100)]) name!: string;
  @Validate(FieldConstraint, [optional(booleanRule('as_owner'))]) as_owner?: boolean;
}

export class ChangeMerchantOfOperatorDto {
  @Validate(FieldConstraint, [optional(lineRule('name', 100))]) name?: string;
  @Validate(FieldConstraint, [optional(planRule)]) plan?: { readonly id: string; readonly until: string };
}

export class InviteOwnerDto {
  @Validate(FieldConstraint, [emailRule]) email!: string;
}

/** `number`: a wallet's number, or a Pix key under the provider `pix`. */
export class AllowAccountDto {
  @Validate(FieldConstraint, [lineRule('provider', 50)]) provider!: string;
  @Validate(FieldConstraint, [lineRule('number', 100)]) number!: string;
  @Validate(FieldConstraint, [lineRule('reason', 500)]) reason!: string;
}
