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
  return {
    ...setting,
    parse: (value) => {
      if (value.includes(EXAMPLE_MARK)) throw new Error('still has the value of the example file; set one of your own');
      return setting.parse(value);
    },
  };
}

/** Thrown with every problem found, one line each, each naming its variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

/**
 * Reads a service's settings. A missing, malformed or unknown `PAYMATCH_*` variable stops the start with its name.
 * `known` lists variables that belong to other services of the same process.
 */
export function readConfig<S extends Schema>(
  schema: S,
  env: NodeJS.ProcessEnv,
  known: readonly string[] = [],
): Values<S> {
  const problems: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [key, setting] of Object.entries(schema)) {
    const raw = env[setting.env];
    if (raw === undefined) {
      if (setting.default === undefined) problems.push(`${setting.env} is not set: ${setting.doc}`);
      values[key] = setting.default;
      continue;
    }
    try {
      values[key] = setting.parse(raw);
    } catch (error) {
      problems.push(
        `${setting.env} ${(error as Error).message}${setting.isSecret ? '' : `, got ${JSON.stringify(raw)}`}: ${setting.doc}`,
      );
    }
  }
  const names = new Set([...Object.values(schema).map((setting) => setting.env), ...known]);
  for (const name of Object.keys(env)) {
    if (name.startsWith('PAYMATCH_') && !names.has(name))
      problems.push(`${name} is not a setting of this service; check its spelling`);
  }
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
  return values as Values<S>;
}

/** The effective settings, one `NAME=value` a line, secrets as `set` or `unset`. */
export function describeConfig<S extends Schema>(schema: S, values: Values<S>): readonly string[] {
  return Object.entries(schema).map(([key, setting]) => {
    const value = (values as Record<string, unknown>)[key];
    return `${setting.env}=${setting.isSecret ? (value ? 'set' : 'unset') : String(value)}`;
  });
}
