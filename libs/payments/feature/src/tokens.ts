export const PAYMENTS_DATABASE = Symbol('PaymentsDatabase');
export const PAYMENT_MEASURES = Symbol('PaymentMeasures');
export const PAYMENT_COMMAND_QUEUE = Symbol('PaymentCommandQueue');
export const PAYMENT_HISTORY_READER = Symbol('PaymentHistoryReader');
export const PAYMENTS_PARKING = Symbol('PaymentsParking');
export const PAYMENT_ERASURE = Symbol('PaymentErasure');
