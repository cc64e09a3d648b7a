import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { ComposeError } from './compose-error.js';
import { readEnvFile } from './env-file.js';

export interface ComposeService {
  readonly name: string;
  readonly image: string | null;
  /** Target of the Dockerfile; such services are ours and run as local processes. */
  readonly buildTarget: string | null;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly dependsOn: readonly { readonly service: string; readonly condition: DependencyCondition }[];
  readonly healthcheck: Healthcheck | null;
  readonly isRestarted: boolean;
  readonly stopGracePeriodMs: number;
  /** `host:container` port pairs as written. */
  readonly ports: readonly string[];
  /** What the container may hold before it is killed; `null` = as much as there is. */
  readonly memoryMb: number | null;
}

export type DependencyCondition = 'service_started' | 'service_healthy' | 'service_completed_successfully';

export interface Healthcheck {
  readonly command: readonly string[];
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly startPeriodMs: number;
}

const knownKeys = new Set([
  'image',
  'build',
  'command',
  'environment',
  'env_file',
  'depends_on',
  'healthcheck',
  'restart',
  'stop_grace_period',
  'ports',
  'volumes',
  'deploy',
  // What a container may do at most; a process on this machine has its user's rights.
  'cap_add',
  'cap_drop',
  'security_opt',
  'read_only',
  'tmpfs',
  'logging',
]);
const conditions: readonly string[] = ['service_started', 'service_healthy', 'service_completed_successfully'];

type Yaml = Readonly<Record<string, unknown>>;

/**
 * Reads the part of the compose format that our file uses, and refuses the rest by name rather than passing over it.
 */
export function readComposeFile(
  file: string,
  env: Readonly<Record<string, string | undefined>>,
): readonly ComposeService[] {
  const document = parse(readFileSync(file, 'utf8'), { merge: true }) as Yaml;
  const services = document.services as Readonly<Record<string, Yaml>> | undefined;
  if (!services) throw new ComposeError(`${file} has no services`);
  const read = Object.entries(services).map(([name, service]) =>
    readService(name, interpolate(service, env, `services.${name}`) as Yaml, path.dirname(file)),
  );
  const names = new Set(read.map((service) => service.name));
  for (const service of read) {
    for (const { service: needed } of service.dependsOn) {
      if (!names.has(needed))
        throw new ComposeError(`services.${service.name}.depends_on names ${needed}, which is no service`);
    }
  }
  return read;
}

function readService(name: string, yaml: Yaml, folder: string): ComposeService {
  for (const key of Object.keys(yaml))
    if (!knownKeys.has(key))
      throw new ComposeError(`services.${name}.${key} is not understood here; teach apps/cluster about it`);
  const build = yaml.build as Yaml | undefined;
  if (!build && typeof yaml.image !== 'string') throw new ComposeError(`services.${name} has neither image nor build`);
  const command = (yaml.command ?? []) as unknown;
  if (!Array.isArray(command) || !command.every((part) => typeof part === 'string'))
    throw new ComposeError(`services.${name}.command must be a list of words`);
  return {
    name,
    image: typeof yaml.image === 'string' ? yaml.image : null,
    buildTarget: build ? String(build.target) : null,
    command,
    environment: { ...readEnvFiles(name, yaml.env_file, folder), ...readEnvironment(name, yaml.environment) },
    dependsOn: readDependencies(name, yaml.depends_on),
    healthcheck: yaml.healthcheck ? readHealthcheck(name, yaml.healthcheck as Yaml) : null,
    isRestarted: yaml.restart !== undefined && yaml.restart !== 'no',
    stopGracePeriodMs: durationMs(yaml.stop_grace_period ?? '10s', `services.${name}.stop_grace_period`),
    ports: (yaml.ports ?? []) as string[],
    memoryMb: readMemory(name, yaml.deploy as Yaml | undefined),
  };
}

function readEnvironment(name: string, yaml: unknown): Readonly<Record<string, string>> {
  const environment = (yaml ?? {}) as Yaml;
  return Object.fromEntries(
    Object.entries(environment).map(([key, value]) => {
      if (typeof value !== 'string')
        throw new ComposeError(
          `services.${name}.environment.${key} must be a text in quotes, is ${JSON.stringify(value)}`,
        );
      return [key, value];
    }),
  );
}

function readEnvFiles(name: string, yaml: unknown, folder: string): Readonly<Record<string, string>> {
  const files = yaml ?? [];
  if (!Array.isArray(files) || !files.every((file) => typeof file === 'string'))
    throw new ComposeError(`services.${name}.env_file must be a list of files`);
  return Object.assign(
    {},
    ...files.map((file) => readEnvFile(readFileSync(path.join(folder, file), 'utf8'))),
  ) as Record<string, string>;
}

function readMemory(name: string, deploy: Yaml | undefined): number | null {
  const limit = ((deploy?.resources as Yaml | undefined)?.limits as Yaml | undefined)?.memory;
  if (limit === undefined) return null;
  const [, number, unit] = /^(\d+)([MG])$/.exec(String(limit)) ?? [];
  if (number === undefined) throw new ComposeError(`services.${name}: a memory limit is written as 512M or 1G`);
  return Number(number) * (unit === 'G' ? 1_024 : 1);
}

function readDependencies(name: string, yaml: unknown): ComposeService['dependsOn'] {
  return Object.entries((yaml ?? {}) as Readonly<Record<string, Yaml>>).map(([service, { condition }]) => {
    if (!conditions.includes(condition as string))
      throw new ComposeError(`services.${name}.depends_on.${service} has no known condition: ${String(condition)}`);
    return { service, condition: condition as DependencyCondition };
  });
}

function readHealthcheck(name: string, yaml: Yaml): Healthcheck {
  const test = yaml.test as readonly string[] | undefined;
  if (!Array.isArray(test) || (test[0] !== 'CMD' && test[0] !== 'CMD-SHELL'))
    throw new ComposeError(`services.${name}.healthcheck.test must be a list that begins with CMD or CMD-SHELL`);
  const place = `services.${name}.healthcheck`;
  return {
    command: test[0] === 'CMD' ? test.slice(1) : ['/bin/sh', '-c', String(test[1])],
    intervalMs: durationMs(yaml.interval ?? '30s', place),
    timeoutMs: durationMs(yaml.timeout ?? '30s', place),
    retries: Number(yaml.retries ?? 3),
    startPeriodMs: durationMs(yaml.start_period ?? '0s', place),
  };
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** `1m30s` and the like, in milliseconds. */
export function durationMs(value: unknown, place: string): number {
  const text = String(value);
  if (!/^(\d+(ms|s|m|h))+$/.test(text)) throw new ComposeError(`${place}: ${text} is no duration such as 5s or 1m30s`);
  return [...text.matchAll(/(\d+)(ms|s|m|h)/g)].reduce(
    (sum, [, number, unit]) => sum + Number(number) * units[unit!]!,
    0,
  );
}

/** `${NAME}`, `${NAME:-default}` and `${NAME:?message}` in every text below `value`; `$$` is a dollar. */
export function interpolate(value: unknown, env: Readonly<Record<string, string | undefined>>, place: string): unknown {
  if (typeof value === 'string') {
    return value.replace(REFERENCE, (whole) => (whole === '$$' ? '$' : resolve(whole, env, place)));
  }
  if (Array.isArray(value)) return value.map((item, index) => interpolate(item, env, `${place}[${index}]`));
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, interpolate(item, env, `${place}.${key}`)]),
    );
  return value;
}

const REFERENCE = /\$\$|\$\{[A-Z0-9_]+(?::[-?][^}]*)?\}/g;

function resolve(reference: string, env: Readonly<Record<string, string | undefined>>, place: string): string {
  const [, name = '', operator, rest = ''] = /^\$\{([A-Z0-9_]+)(?::([-?])([^}]*))?\}$/.exec(reference) ?? [];
  const set = env[name];
  if (set !== undefined && set !== '') return set;
  if (operator === '?') throw new ComposeError(`${place} needs ${name}: ${rest}`);
  return operator === '-' ? rest : '';
}
