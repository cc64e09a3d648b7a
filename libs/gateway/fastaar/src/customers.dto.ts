import { Validate } from 'class-validator';
import { FieldConstraint } from '@paymatch/gateway-edge';
import { emailRule, optionalRule, phoneRule, textRule } from './field-rules.js';

const NAME_LENGTH_MAX = 255;
const ADDRESS_LENGTH_MAX = 500;
const NOTES_LENGTH_MAX = 1_000;

/** Body of `POST /api/v1/customers`. */
export class CreateCustomerDto {
  @Validate(FieldConstraint, [textRule('name', NAME_LENGTH_MAX, 'required')])
  name!: string;

  @Validate(FieldConstraint, [phoneRule])
  phone!: string;

  @Validate(FieldConstraint, [emailRule])
  email?: string | null;

  @Validate(FieldConstraint, [textRule('address', ADDRESS_LENGTH_MAX, 'optional')])
  address?: string | null;

  @Validate(FieldConstraint, [textRule('notes', NOTES_LENGTH_MAX, 'optional')])
  notes?: string | null;
}

/**
 * Body of `PATCH /api/v1/customers/{id}`: what is absent stays as it is, and so does what is sent as `null` and may not
 * be empty.
 */
export class UpdateCustomerDto {
  @Validate(FieldConstraint, [optionalRule(textRule('name', NAME_LENGTH_MAX, 'required'))])
  name?: string | null;

  @Validate(FieldConstraint, [optionalRule(phoneRule)])
  phone?: string | null;

  @Validate(FieldConstraint, [emailRule])
  email?: string | null;

  @Validate(FieldConstraint, [textRule('address', ADDRESS_LENGTH_MAX, 'optional')])
  address?: string | null;

  @Validate(FieldConstraint, [textRule('notes', NOTES_LENGTH_MAX, 'optional')])
  notes?: string | null;
}
