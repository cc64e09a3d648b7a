export const CREDITS_RECEIVED_HANDLER = Symbol('CreditsReceivedHandler');
export const PAYMENT_EVENTS_HANDLER = Symbol('PaymentEventsHandler');
export const CREDIT_COMMANDS_HANDLER = Symbol('CreditCommandsHandler');
