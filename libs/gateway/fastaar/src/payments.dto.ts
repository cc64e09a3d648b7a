import { Validate } from 'class-validator';
import { FieldConstraint } from '@paymatch/gateway-edge';
import {
  amountRule,
  currencyRule,
  customerIdRule,
  invoiceRule,
  metadataRule,
  optionalRule,
  returnUrlRule,
  textRule,
} from './field-rules.js';

/** Body of `POST /api/v1/payments`. */
export class CreatePaymentDto {
  @Validate(FieldConstraint, [amountRule])
  amount!: string;

  @Validate(FieldConstraint, [currencyRule])
  currency?: 'BDT' | null;

  @Validate(FieldConstraint, [invoiceRule])
  invoice_id?: string | null;

  /** The later SDKs' name of `invoice_id`; a repeat under this name is a conflict. */
  @Validate(FieldConstraint, [invoiceRule])
  invoice_number?: string | null;

  @Validate(FieldConstraint, [returnUrlRule])
  success_url?: string | null;

  @Validate(FieldConstraint, [returnUrlRule])
  cancel_url?: string | null;

  @Validate(FieldConstraint, [metadataRule])
  metadata?: Readonly<Record<string, string>> | readonly [] | null;

  @Validate(FieldConstraint, [customerIdRule])
  customer_id?: number | null;
}

/** Body of `POST /api/v1/test/messages`. */
export class TestMessageDto {
  @Validate(FieldConstraint, [textRule('sender', 64, 'required')])
  sender!: string;

  @Validate(FieldConstraint, [textRule('body', 4_000, 'required')])
  body!: string;
}

/** Body of `POST /api/v1/payments/{id}/refund`. */
export class RefundPaymentDto {
  @Validate(FieldConstraint, [optionalRule(amountRule)])
  amount?: string | null;
}
