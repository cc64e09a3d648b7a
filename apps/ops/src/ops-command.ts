import { readFileSync } from 'node:fs';
import path from 'node:path';
import { choice, databaseUrl, readConfig, text, type Values } from '@paymatch/platform-config';
import { findEmbeddedPostgres } from '@paymatch/platform-dev-servers';
import { createLogger, type Logger } from '@paymatch/platform-observability';

/** What `--help` shows. */
export interface OpsVerb {
  readonly usage: string;
  readonly summary: string;
  /** What `--help` adds: options one by one, what is changed, an example. */
  readonly help?: string;
}

/** One command of the operators' shell. `run` resolves with the exit code. */
export interface OpsCommand extends OpsVerb {
  readonly name: string;
  /** What may stand behind its name, where each has help of its own. */
  readonly verbs?: Readonly<Record<string, OpsVerb>>;
  run(args: readonly string[]): Promise<number>;
}

/** The command was called in a way it does not know; the message says how it is called. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Of the command, or of what of it the arguments name. */
export function helpOf(command: OpsCommand, args: readonly string[] = []): string {
  const named = Object.entries(command.verbs ?? {}).find(([word]) => word === args[0]);
  const { usage, summary, help } = named?.[1] ?? command;
  const sentence = `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`;
  return [`Usage: npm run ops -- ${usage}`, '', sentence, ...(help === undefined ? [] : ['', help])].join('\n');
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

export const dataDirSetting = text({
  env: 'PAYMATCH_DATA',
  doc: 'Folder of the embedded database, the generated secret and demo.json',
  default: '.paymatch',
});

/**
 * Reads a command's own settings; other services' variables may stand in the same environment. Where `DATABASE_URL` is
 * not set, the database and the secret are those of the gateway that runs on `PAYMATCH_DATA`.
 */
export function readSettings<S extends Parameters<typeof readConfig>[0]>(schema: S): Values<S> {
  const others = Object.keys(process.env).filter((name) => name.startsWith('PAYMATCH_'));
  return readConfig(schema, { ...process.env, ...ofEmbeddedGateway(schema) }, others);
}

function ofEmbeddedGateway(schema: Parameters<typeof readConfig>[0]): NodeJS.ProcessEnv {
  const { env } = process;
  const isAsked = (name: string): boolean => Object.values(schema).some((setting) => setting.env === name);
  if (env.DATABASE_URL !== undefined || env.DATABASE_URL_FILE !== undefined) return {};
  const dataDir = path.resolve(env.PAYMATCH_DATA ?? dataDirSetting.default!);
  const found: NodeJS.ProcessEnv = {};
  if (isAsked('DATABASE_URL')) found.DATABASE_URL = findEmbeddedPostgres(dataDir) ?? undefined;
  if (isAsked('DATABASE_URL') && found.DATABASE_URL === undefined)
    throw new UsageError(
      `no gateway runs on the data folder ${dataDir}: start it (npm start), name its folder in PAYMATCH_DATA, or ` +
        'set DATABASE_URL to a PostgreSQL of your own',
    );
  if (isAsked('PAYMATCH_SECRET') && env.PAYMATCH_SECRET === undefined && env.PAYMATCH_SECRET_FILE === undefined)
    found.PAYMATCH_SECRET = readSecret(dataDir);
  return found;
}

/** Made by the gateway at its first start; absent where it was given one. */
function readSecret(dataDir: string): string | undefined {
  try {
    return readFileSync(path.join(dataDir, 'secret'), 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export function opsLogger(): Logger {
  return createLogger({
    level: readSettings(settings).logLevel,
    service: 'ops',
    write: (line) => process.stderr.write(line),
  });
}
