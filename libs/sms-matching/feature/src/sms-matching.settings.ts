import { integer } from '@paymatch/platform-config';

/** Settings of the sms-matching service. */
export const smsMatchingSettings = {
  unmatchedGraceMs: integer({
    env: 'PAYMATCH_UNMATCHED_GRACE_MS',
    doc: 'Milliseconds after which money that nobody has claimed becomes a review case',
    default: 900_000,
    min: 0,
    max: 604_800_000,
  }),
  trxWaitMs: integer({
    env: 'PAYMATCH_TRX_WAIT_MS',
    doc: 'Milliseconds after which a TrxID that no message has told of becomes a review case, unless its merchant has said another time',
    default: 900_000,
    min: 1_000,
    max: 604_800_000,
  }),
  confirmationWaitMs: integer({
    env: 'PAYMATCH_MATCH_CONFIRMATION_WAIT_MS',
    doc: 'Milliseconds after which a match that payments has not answered is announced again',
    default: 120_000,
    min: 100,
    max: 3_600_000,
  }),
  matchAttemptsMax: integer({
    env: 'PAYMATCH_MATCH_ATTEMPTS_MAX',
    doc: 'How often a match is announced before it becomes a review case',
    default: 3,
    min: 1,
    max: 20,
  }),
  partWaitMs: integer({
    env: 'PAYMATCH_SMS_PART_WAIT_MS',
    doc: 'Milliseconds for which the missing part of a long message is waited for',
    default: 60_000,
    min: 1_000,
    max: 3_600_000,
  }),
  messagesKeptDays: integer({
    env: 'PAYMATCH_MESSAGES_KEPT_DAYS',
    doc: 'How many days the text of messages is kept that told of no incoming money, of shops that have not said how long themselves (messages_kept_days of the panel); 0: for ever. Without a rule of the shop, messages about incoming money, and those a case rests on, are kept for ever.',
    default: 0,
    min: 0,
    max: 3_650,
  }),
  handCreditLimitMinor: integer({
    env: 'PAYMATCH_HAND_CREDIT_LIMIT_MINOR',
    doc: 'Poisha (BDT) above which a credit entered by hand needs a second person',
    default: 1_000_000,
    min: 0,
    max: 999_999_999_999,
  }),
  handCreditLimitBrlMinor: integer({
    env: 'PAYMATCH_HAND_CREDIT_LIMIT_BRL_MINOR',
    doc: 'Centavos (BRL) above which a transfer entered by hand needs a second person',
    default: 1_000_000,
    min: 0,
    max: 999_999_999_999,
  }),
  attentionSweepIntervalMs: integer({
    env: 'PAYMATCH_ATTENTION_SWEEP_INTERVAL_MS',
    doc: 'Milliseconds between two looks for credits that have waited too long',
    default: 5_000,
    min: 50,
    max: 3_600_000,
  }),
  attentionSweepRowsMax: integer({
    env: 'PAYMATCH_ATTENTION_SWEEP_ROWS_MAX',
    doc: 'Most credits one such look takes at a time',
    default: 200,
    min: 1,
    max: 1_000,
  }),
} as const;
