/** Injection token of the process's `Logger`. */
export const LOGGER = Symbol('Logger');
/** Injection token of the process's `Clock`. */
export const CLOCK = Symbol('Clock');
/** Injection token of the process's `Metrics`. */
export const METRICS = Symbol('Metrics');
/** Injection token of the process's `Readiness`. */
export const READINESS = Symbol('Readiness');
/** Injection token of the process's `Tracing`. */
export const TRACING = Symbol('Tracing');
