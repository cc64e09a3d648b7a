import { Validate } from 'class-validator';
import { FieldConstraint } from '@paymatch/gateway-edge';
import type { Ability, ChargeSetting, RepeatedInvoiceNumber } from '@paymatch/gateway-access';
import {
  abilitiesRule,
  amountRule,
  booleanRule,
  chargeRule,
  integerRule,
  lineRule,
  momentRule,
  optional,
  orNull,
  originsRule,
  paymentIdRule,
  personRule,
  repeatedInvoiceRule,
  returnAddressesRule,
  toleranceRule,
  transferIdRule,
  transferMethodRule,
  trxIdRule,
  walletIdRule,
} from './panel.rules.js';

export class IssueKeyDto {
  @Validate(FieldConstraint, [optional(personRule)]) name?: string;
  @Validate(FieldConstraint, [optional(abilitiesRule)]) abilities?: readonly Ability[];
  @Validate(FieldConstraint, [optional(integerRule('rate_limit_per_minute', 1, 1_000_000))])
  rate_limit_per_minute?: number;
  @Validate(FieldConstraint, [optional(momentRule)]) expires_at?: string | null;
}

/** For how long the key that is replaced still works. */
export class RollKeyDto {
  @Validate(FieldConstraint, [integerRule('overlap_minutes', 0, 10_080)]) overlap_minutes!: number;
}

export class ChangeMerchantDto {
  @Validate(FieldConstraint, [optional(lineRule('name', 100))]) name?: string;
  @Validate(FieldConstraint, [optional(integerRule('expiry_minutes', 1, 10_080))]) expiry_minutes?: number;
  @Validate(FieldConstraint, [optional(toleranceRule)]) amount_tolerance?: string;
  @Validate(FieldConstraint, [optional(originsRule)]) allowed_origins?: readonly string[];
  @Validate(FieldConstraint, [optional(returnAddressesRule)]) return_addresses?: readonly string[];
  @Validate(FieldConstraint, [optional(repeatedInvoiceRule)]) repeated_invoice_number?: RepeatedInvoiceNumber;
  @Validate(FieldConstraint, [optional(chargeRule)]) gateway_charge?: ChargeSetting | null;
  @Validate(FieldConstraint, [orNull(integerRule('pix_expiry_minutes', 1, 10_080))]) pix_expiry_minutes?: number | null;
  @Validate(FieldConstraint, [orNull(integerRule('bank_transfer_expiry_minutes', 1, 43_200))])
  bank_transfer_expiry_minutes?: number | null;
}

/** For what touches money or access and needs nothing else: why is kept in the audit log. */
export class WhyDto {
  @Validate(FieldConstraint, [lineRule('reason', 500)]) reason!: string;
}

export class ReplayParkedDto {
  @Validate(FieldConstraint, [optional(booleanRule('whole_order'))]) whole_order?: boolean;
}

export class AssignCaseDto {
  @Validate(FieldConstraint, [lineRule('reason', 500)]) reason!: string;
  @Validate(FieldConstraint, [paymentIdRule]) payment_id!: string;
}

export class RejectCaseDto {
  @Validate(FieldConstraint, [lineRule('reason', 500)]) reason!: string;
  @Validate(FieldConstraint, [optional(paymentIdRule)]) payment_id?: string;
}

/** A credit as a person read it off the wallet's app or a statement. */
export class EnterCreditDto {
  @Validate(FieldConstraint, [walletIdRule]) wallet_id!: string;
  @Validate(FieldConstraint, [trxIdRule]) trx_id!: string;
  @Validate(FieldConstraint, [amountRule]) amount!: string;
  @Validate(FieldConstraint, [lineRule('note', 500)]) note!: string;
  @Validate(FieldConstraint, [optional(lineRule('sender_number', 50))]) sender_number?: string;
  @Validate(FieldConstraint, [optional(momentRule)]) received_at?: string | null;
  @Validate(FieldConstraint, [optional(paymentIdRule)]) payment_id?: string;
}

/** `transfer_id`: the Pix's `endToEndId`, or the bank's own number of the transfer. */
export class EnterTransferDto {
  @Validate(FieldConstraint, [transferMethodRule]) method!: 'pix' | 'bank_transfer';
  @Validate(FieldConstraint, [transferIdRule]) transfer_id!: string;
  @Validate(FieldConstraint, [amountRule]) amount!: string;
  @Validate(FieldConstraint, [lineRule('note', 500)]) note!: string;
  @Validate(FieldConstraint, [optional(lineRule('payer', 150))]) payer?: string;
  @Validate(FieldConstraint, [optional(momentRule)]) received_at?: string | null;
  @Validate(FieldConstraint, [optional(paymentIdRule)]) payment_id?: string;
}

/** Without a credit's fields the case's own money completes the payment; with them the money is entered first. */
export class CompleteCaseDto {
  /** Needed where no credit is entered, whose `note` says why. */
  @Validate(FieldConstraint, [optional(lineRule('reason', 500))]) reason?: string;
  @Validate(FieldConstraint, [optional(paymentIdRule)]) payment_id?: string;
  @Validate(FieldConstraint, [optional(walletIdRule)]) wallet_id?: string;
  @Validate(FieldConstraint, [optional(trxIdRule)]) trx_id?: string;
  @Validate(FieldConstraint, [optional(amountRule)]) amount?: string;
  @Validate(FieldConstraint, [optional(lineRule('note', 500))]) note?: string;
  @Validate(FieldConstraint, [optional(lineRule('sender_number', 50))]) sender_number?: string;
  @Validate(FieldConstraint, [optional(momentRule)]) received_at?: string | null;
}

export class RefundDto {
  @Validate(FieldConstraint, [lineRule('reason', 500)]) reason!: string;
  @Validate(FieldConstraint, [optional(amountRule)]) amount?: string;
}

/** For requests without fields: whatever is sent is refused by name. */
export class NoFieldsDto {
  @Validate(FieldConstraint, [optional(() => 'Send no fields.')]) readonly none?: never;
}
