import { Validate } from 'class-validator';
import { described, FieldConstraint, hasLength, json, type FieldRule } from '@paymatch/gateway-edge';
import {
  EMAIL_PATTERN,
  languages,
  merchantRoles,
  PASSWORD_LENGTH_MAX,
  PASSWORD_LENGTH_MIN,
  plainEmail,
  type MerchantRole,
  type PersonLanguage,
} from '@paymatch/gateway-people';
import { lineRule, optional } from '../panel.rules.js';

export const emailRule: FieldRule = described(
  json.text({ pattern: EMAIL_PATTERN, examples: ['rahima@shop.example'] }),
  (value) => (plainEmail(value) === null ? 'Send an e-mail address.' : null),
);

/** One that was chosen before; what it must be now is not asked of it. */
const passwordRule: FieldRule = described(json.text({ minLength: 1, maxLength: PASSWORD_LENGTH_MAX }), (value) =>
  typeof value === 'string' && hasLength(value, 1, PASSWORD_LENGTH_MAX) ? null : 'Send the password.',
);

/** Whether it is too common is said by `passwordProblem`. */
const newPasswordRule: FieldRule = described(
  json.text({ minLength: PASSWORD_LENGTH_MIN, maxLength: PASSWORD_LENGTH_MAX }),
  (value) =>
    typeof value === 'string' && hasLength(value, PASSWORD_LENGTH_MIN, PASSWORD_LENGTH_MAX)
      ? null
      : `Choose a password of ${PASSWORD_LENGTH_MIN} to ${PASSWORD_LENGTH_MAX} characters.`,
);

const languageRule: FieldRule = described(json.words(languages), (value) =>
  languages.includes(value as PersonLanguage) ? null : `The language must be one of ${languages.join(', ')}.`,
);

const linkTokenRule: FieldRule = described(
  json.text({ pattern: '^[A-Za-z0-9]{43}$', examples: ['3vQB7B6MrGQZaxCuFg4oh3vQB7B6MrGQZaxCuFg4oh9'] }),
  (value) => (typeof value === 'string' && /^[A-Za-z0-9]{43}$/.test(value) ? null : 'Send the token of the link.'),
);

/** Of an authenticator, or one that was kept for the day it is lost. */
const codeRule: FieldRule = described(
  json.text({ pattern: '^[0-9A-Za-z -]{6,30}$', examples: ['123456', 'k7qm-2x9d-rt4w'] }),
  (value) => (typeof value === 'string' && /^[0-9A-Za-z -]{6,30}$/.test(value) ? null : 'Send the six digits.'),
);

export class SignInDto {
  @Validate(FieldConstraint, [emailRule]) email!: string;
  @Validate(FieldConstraint, [passwordRule]) password!: string;
  @Validate(FieldConstraint, [optional(codeRule)]) code?: string;
}

/** The code where there is an authenticator, else the password. */
export class StepUpDto {
  @Validate(FieldConstraint, [optional(passwordRule)]) password?: string;
  @Validate(FieldConstraint, [optional(codeRule)]) code?: string;
}

export class LookAtLinkDto {
  @Validate(FieldConstraint, [linkTokenRule]) token!: string;
}

export class SetupDto {
  @Validate(FieldConstraint, [linkTokenRule]) token!: string;
  @Validate(FieldConstraint, [lineRule('name', 100)]) name!: string;
  @Validate(FieldConstraint, [emailRule]) email!: string;
  @Validate(FieldConstraint, [passwordRule]) password!: string;
  @Validate(FieldConstraint, [optional(languageRule)]) language?: PersonLanguage;
  @Validate(FieldConstraint, [optional(codeRule)]) code?: string;
}

export class ChangeMeDto {
  @Validate(FieldConstraint, [optional(lineRule('name', 100))]) name?: string;
  @Validate(FieldConstraint, [optional(languageRule)]) language?: PersonLanguage;
}

export class ChangePasswordDto {
  @Validate(FieldConstraint, [passwordRule]) current!: string;
  @Validate(FieldConstraint, [newPasswordRule]) new!: string;
}

export class AskPasswordResetDto {
  @Validate(FieldConstraint, [emailRule]) email!: string;
}

export class ResetPasswordDto {
  @Validate(FieldConstraint, [linkTokenRule]) token!: string;
  @Validate(FieldConstraint, [newPasswordRule]) password!: string;
}

const roleRule: FieldRule = described(json.words(merchantRoles), (value) =>
  merchantRoles.includes(value as MerchantRole) ? null : `The role must be one of ${merchantRoles.join(', ')}.`,
);

export class InviteDto {
  @Validate(FieldConstraint, [emailRule]) email!: string;
  @Validate(FieldConstraint, [roleRule]) role!: MerchantRole;
}

export class ChangeRoleDto {
  @Validate(FieldConstraint, [lineRule('reason', 500)]) reason!: string;
  @Validate(FieldConstraint, [roleRule]) role!: MerchantRole;
}

export class ConfirmTotpDto {
  @Validate(FieldConstraint, [codeRule]) code!: string;
}
