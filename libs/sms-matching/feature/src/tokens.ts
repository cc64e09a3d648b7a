export const CREDITS_RECEIVED_HANDLER = Symbol('CreditsReceivedHandler');
export const STATEMENTS_HANDLER = Symbol('StatementsHandler');
export const PIX_RECEIVED_HANDLER = Symbol('PixReceivedHandler');
export const PAYMENT_EVENTS_HANDLER = Symbol('PaymentEventsHandler');
export const MATCH_REFUSALS_HANDLER = Symbol('MatchRefusalsHandler');
export const CREDIT_COMMANDS_HANDLER = Symbol('CreditCommandsHandler');
export const SMS_MATCHING_PARKING = Symbol('SmsMatchingParking');
export const SMS_MATCHING_DATABASE = Symbol('SmsMatchingDatabase');
