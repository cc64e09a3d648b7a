import { readFileSync } from 'node:fs';

/** How one setting is read from the environment. */
export interface Setting<T> {
  /** Name of the environment variable. */
  readonly env: string;
  /** One line for the reference page and for error messages. */
  readonly doc: string;
  /** Used when the variable is not set; a setting without one must be set. */
  readonly default?: T;
  /** Never printed. */
  readonly isSecret?: boolean;
  /** Turns the text into the value; throws an Error that says what is accepted. */
  readonly parse: (text: string) => T;
  /** A further variable that completes the value, such as the password of a URL; a secret. */
  readonly completedBy?: {
    readonly env: string;
    readonly doc: string;
    complete(value: T, text: string): T;
  };
}

export type Schema = Readonly<Record<string, Setting<unknown>>>;
export type Values<S extends Schema> = { readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never };

type Spec<T> = { readonly env: string; readonly doc: string; readonly default?: T; readonly isSecret?: boolean };

/** A text; may not be empty. */
export function text(spec: Spec<string>): Setting<string> {
  return {
    ...spec,
    parse: (value) => {
      if (value === '') throw new Error('must not be empty');
      return value;
    },
  };
}

/** A whole number between `min` and `max`, both included. */
export function integer(spec: Spec<number> & { readonly min: number; readonly max: number }): Setting<number> {
  return {
    ...spec,
    parse: (value) => {
      const number = /^-?\d+$/.test(value) ? Number(value) : Number.NaN;
      if (!(number >= spec.min && number <= spec.max))
        throw new Error(`must be a whole number from ${spec.min} to ${spec.max}`);
      return number;
    },
  };
}

/** `true` or `false`. */
export function flag(spec: Spec<boolean>): Setting<boolean> {
  return {
    ...spec,
    parse: (value) => {
      if (value !== 'true' && value !== 'false') throw new Error('must be true or false');
      return value === 'true';
    },
  };
}

/** One of a few words. */
export function choice<const T extends string>(spec: Spec<T> & { readonly of: readonly T[] }): Setting<T> {
  return {
    ...spec,
    parse: (value) => {
      if (!spec.of.includes(value as T)) throw new Error(`must be one of ${spec.of.join(', ')}`);
      return value as T;
    },
  };
}

/** An absolute http or https URL, kept without a trailing slash. */
export function httpUrl(spec: Spec<string>): Setting<string> {
  return {
    ...spec,
    parse: (value) => {
      const url = URL.canParse(value) ? new URL(value) : null;
      if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:'))
        throw new Error('must be an http or https URL');
      return value.replace(/\/+$/, '');
    },
  };
}

/** What every secret in `.env.example` carries, which anyone can read. */
const EXAMPLE_MARK = 'change-me';

/** A secret that is one's own: the value of the example file is refused. For production. */
export function ownSecret<T>(setting: Setting<T>): Setting<T> {
  const { parse, completedBy } = setting;
  const own = (value: string): string => {
    if (value.includes(EXAMPLE_MARK)) throw new Error('still has the value of the example file; set one of your own');
    return value;
  };
  return {
    ...setting,
    parse: (value) => parse(own(value)),
    ...(completedBy && {
      completedBy: { ...completedBy, complete: (value, text) => completedBy.complete(value, own(text)) },
    }),
  };
}

/** Thrown with every problem found, one line each, each naming its variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads a service's settings. A missing, malformed or unknown `PAYMATCH_*` variable stops the start with its name.
 * `<NAME>_FILE` gives a secret's value as a file. `known` lists variables that belong to others in the same
 * environment.
 */
export function readConfig<S extends Schema>(
  schema: S,
  env: NodeJS.ProcessEnv,
  known: readonly string[] = [],
): Values<S> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(schema)) {
    try {
      values[key] = readSetting(setting, env);
    } catch (error) {
      problems.push((error as Error).message);
    }
  }
  const names = new Set([...variablesOf(schema), ...known]);
  for (const name of Object.keys(env)) {
    if (name.startsWith('PAYMATCH_') && !names.has(name))
      problems.push(`${name} is not a setting of this service; check its spelling`);
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return values as Values<S>;
}

/** Every variable that `readConfig` reads for a schema. */
export function variablesOf(schema: Schema): readonly string[] {
  return Object.values(schema).flatMap(({ env, isSecret, completedBy }) => [
    env,
    ...(isSecret ? [`${env}_FILE`] : []),
    ...(completedBy ? [completedBy.env, `${completedBy.env}_FILE`] : []),
  ]);
}

function readSetting<T>(setting: Setting<T>, env: NodeJS.ProcessEnv): T | undefined {
  const { completedBy, doc, isSecret = false } = setting;
  const raw = readVariable(setting.env, env, isSecret);
  const completion = completedBy && readVariable(completedBy.env, env, true);
  if (raw === undefined) {
    if (completion !== undefined) throw new Error(`${completedBy!.env} is set, but not ${setting.env}: ${doc}`);
    if (setting.default === undefined) throw new Error(`${setting.env} is not set: ${doc}`);
    return setting.default;
  }
  const value = explained(setting.env, `${isSecret ? '' : `, got ${JSON.stringify(raw)}`}: ${doc}`, () =>
    setting.parse(raw),
  );
  if (completion === undefined) return value;
  return explained(completedBy!.env, `: ${completedBy!.doc}`, () => completedBy!.complete(value, completion));
}

/** A file ends with a line feed that is no part of the secret. */
function readVariable(name: string, env: NodeJS.ProcessEnv, mayBeFile: boolean): string | undefined {
  // Empty is as good as not set: so a compose file may hand on by name what its user left out.
  const written = env[name] || undefined;
  const file = (mayBeFile && env[`${name}_FILE`]) || undefined;
  if (file === undefined) return written;
  if (written !== undefined) throw new Error(`${name} and ${name}_FILE are both set; one of them is enough`);
  try {
    return readFileSync(file, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw new Error(`${name}_FILE cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

function explained<T>(name: string, rest: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Error(`${name} ${(error as Error).message}${rest}`, { cause: error });
  }
}

/** The effective settings, one `NAME=value` a line, secrets as `set` or `unset`. */
export function describeConfig<S extends Schema>(schema: S, values: Values<S>): readonly string[] {
  return Object.entries(schema).map(([key, setting]) => {
    const value = (values as Record<string, unknown>)[key];
    return `${setting.env}=${setting.isSecret ? (value ? 'set' : 'unset') : String(value)}`;
  });
}

/** One setting as people may see it. */
export interface ShownSetting {
  readonly name: string;
  readonly doc: string;
  readonly isSecret: boolean;
  /** `null`: a secret, or nothing. */
  readonly value: string | null;
  readonly default: string | null;
  readonly isSet: boolean;
}

/** The effective settings; of secrets only whether they are set. */
export function shownSettings<S extends Schema>(schema: S, values: Values<S>): readonly ShownSetting[] {
  return Object.entries(schema).map(([key, setting]) => {
    const value = (values as Record<string, unknown>)[key];
    const isSecret = setting.isSecret === true;
    const shown = (of: unknown): string | null => (isSecret || of === undefined || of === '' ? null : String(of));
    const isSet = value !== undefined && value !== '';
    return {
      name: setting.env,
      doc: setting.doc,
      isSecret,
      value: shown(value),
      default: shown(setting.default),
      isSet,
    };
  });
}
