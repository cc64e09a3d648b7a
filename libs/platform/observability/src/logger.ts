import { traceIdOf } from './trace-context.js';

/** `error` means someone must act; `warn` that something unusual was handled; `info` is one line per decision. */
export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export type LogFields = Readonly<Record<string, unknown>>;

export interface Logger {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** A logger that adds these fields to every line. */
  with(fields: LogFields): Logger;
}

const LEVELS: Readonly<Record<LogLevel, number>> = { debug: 10, info: 20, warn: 30, error: 40 };
const SECRET_KEYS = /secret|password|token|authorization|signature|cookie/i;
const HALF_SHOWN_KEYS = /^(trxId|senderNumber|phone|document|walletNumber)$/;

/** Secrets vanish; TrxIDs, phone numbers and documents keep their last three characters. */
export function maskField(key: string, value: unknown): unknown {
  if (SECRET_KEYS.test(key)) return value === undefined || value === null ? value : '[masked]';
  if (HALF_SHOWN_KEYS.test(key) && typeof value === 'string') return `***${value.slice(-3)}`;
  if (value instanceof Error)
    return {
      name: value.name,
      message: value.message,
      stack: value.stack,
      cause: value.cause instanceof Error ? value.cause.message : value.cause,
    };
  return value;
}

/** Our own secrets by their shapes, the long random part of an address, and everything behind its `?`. */
const SECRET_SHAPES: readonly (readonly [RegExp, string])[] = [
  [/\b(fk_live_|fk_test_|cs_|at_|ds_|de_|whsec_)[0-9A-Za-z_+/=-]{16,}/g, '$1[masked]'],
  [/(?<=\/)[0-9A-Za-z_-]{38,}/g, '[masked]'],
  [/(\/[^\s"?]*)\?[\w.[\]%-]+=[^\s"]*/g, '$1?[masked]'],
];

/** What nobody thought of masking: an address in an error's message, a key in a driver's text. */
function scrub(line: string): string {
  return SECRET_SHAPES.reduce((text, [shape, replacement]) => text.replace(shape, replacement), line);
}

export interface LoggerOptions {
  readonly level: LogLevel;
  readonly service: string;
  /** Where lines go; standard output when absent. */
  readonly write?: (line: string) => void;
}

/** A logger of JSON lines, one line per entry, that masks what must not be written down. */
export function createLogger(options: LoggerOptions, bound: LogFields = {}): Logger {
  const write = options.write ?? ((line: string) => process.stdout.write(line));
  const log = (level: LogLevel, message: string, fields: LogFields = {}): void => {
    if (LEVELS[level] < LEVELS[options.level]) return;
    const entry: Record<string, unknown> = { at: new Date().toISOString(), level, service: options.service, message };
    for (const [key, value] of Object.entries({ ...bound, ...fields })) {
      // Where in the trace it is nobody asks; the name is what collectors and viewers of logs look for.
      if (key === 'traceparent') entry['trace_id'] = traceIdOf(value as string | undefined);
      else entry[key] = maskField(key, value);
    }
    write(`${scrub(JSON.stringify(entry))}\n`);
  };
  return {
    debug: (message, fields) => log('debug', message, fields),
    info: (message, fields) => log('info', message, fields),
    warn: (message, fields) => log('warn', message, fields),
    error: (message, fields) => log('error', message, fields),
    with: (fields) => createLogger(options, { ...bound, ...fields }),
  };
}

/** A logger that writes nothing, for tests that look at behaviour only. */
export const silentLogger: Logger = { debug() {}, info() {}, warn() {}, error() {}, with: () => silentLogger };
