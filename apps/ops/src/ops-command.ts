import { choice, databaseUrl, readConfig, type Values } from '@paymatch/platform-config';
import { createLogger, type Logger } from '@paymatch/platform-observability';

/** One command of the operators' shell. `run` resolves with the exit code. */
export interface OpsCommand {
  readonly name: string;
  readonly usage: string;
  readonly summary: string;
  run(args: readonly string[]): Promise<number>;
}

/** The command was called in a way it does not know; the message says how it is called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const databaseUrlSetting = databaseUrl({
  doc: 'PostgreSQL of the gateway, e.g. postgres://user:password@host:5432/paymatch',
});

const settings = {
  logLevel: choice({
    env: 'PAYMATCH_LOG_LEVEL',
    doc: 'Least severity that is logged',
    default: 'warn',
    of: ['debug', 'info', 'warn', 'error'],
  }),
};

/** Reads a command's own settings; other services' variables may stand in the same environment. */
export function readSettings<S extends Parameters<typeof readConfig>[0]>(schema: S): Values<S> {
  const others = Object.keys(process.env).filter((name) => name.startsWith('PAYMATCH_'));
  return readConfig(schema, process.env, others);
}

export function opsLogger(): Logger {
  return createLogger({
    level: readSettings(settings).logLevel,
    service: 'ops',
    write: (line) => process.stderr.write(line),
  });
}
