/** A command was refused for a reason the caller can name; travels back over `request` as it is. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    readonly code: string,
    readonly details: Readonly<Record<string, unknown>> = {},
    message: string = code,
  ) {
    super(message);
  }
}

/** The bytes or the version of a message are wrong: it is parked at once, never retried. */
export class ContractError extends Error {
  override readonly name: string = 'ContractError';
}

/**
 * A program one step newer wrote the message: an upgrade is under way, and this reader is about to be replaced by one
 * that knows it. Waited for, never parked.
 */
export class NewerVersion extends ContractError {
  override readonly name = 'NewerVersion';
}

/** The messaging system cannot be reached: worth waiting for, never counted as an attempt. */
export class CarrierUnavailable extends Error {
  override readonly name = 'CarrierUnavailable';
  readonly retryAfterSeconds = 2;
}

/** The command's handler failed for a reason it did not name. */
export class HandlerFault extends Error {
  override readonly name = 'HandlerFault';
}

/**
 * No answer within the deadline, or nobody there to answer, or (with a `HandlerFault` as its cause) the handler failed.
 * The command may or may not have happened; repeating it is safe.
 */
export class RequestUnavailable extends Error {
  override readonly name = 'RequestUnavailable';
  constructor(
    message: string,
    readonly retryAfterSeconds: number = 1,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Whether waiting and trying again is the answer: nothing is wrong with what was asked. */
export function isUnavailable(error: unknown): error is RequestUnavailable | CarrierUnavailable {
  return error instanceof RequestUnavailable || error instanceof CarrierUnavailable;
}
