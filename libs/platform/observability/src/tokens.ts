/** Injection token of the process's `Logger`. */
export const LOGGER = Symbol('Logger');
/** Injection token of the process's `Clock`. */
export const CLOCK = Symbol('Clock');
