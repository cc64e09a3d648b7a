import { taka } from '../money.reader.js';
import { templatesOf } from '../template.js';

/**
 * Banks of one or two known shapes. None prints a transaction id a payer would know, so each credit goes to a person.
 */
export const bankTemplatesOf = (provider: string, senders: readonly string[], at: string | null = null) =>
  templatesOf({
    provider,
    senders,
    tz: 'Asia/Dhaka',
    money: taka,
    accountTypes: ['bank'],
    at,
    status: 'active',
  });
export const weakCredit = { kind: 'bank_credit', status: 'review_only' } as const;
export const bankAccount = String.raw`(?<account>[0-9*]{4,20})`;
export const bankPayer = String.raw`(?<counterparty>[^\n]{2,60})`;
