import { readFileSync } from 'node:fs';
import { ComposeError } from './compose-error.js';
import { durationMs } from './compose-file.js';

/** What the Caddyfile says about instances that are gone. */
export interface ProxySettings {
  /** How long another instance is looked for. */
  readonly tryMs: number;
  readonly tryIntervalMs: number;
  /** How long an instance that could not be reached is left alone. */
  readonly failMs: number;
  /** How long the instances' addresses are kept. */
  readonly refreshMs: number;
  readonly dialTimeoutMs: number;
}

/** Reads the settings that the stand-in proxy keeps to as well, so that it is no kinder than the real one. */
export function readCaddyfile(file: string): ProxySettings {
  const text = readFileSync(file, 'utf8');
  const duration = (name: string): number => {
    const value = new RegExp(`^\\s*${name}\\s+(\\S+)\\s*$`, 'm').exec(text)?.[1];
    if (value === undefined) throw new ComposeError(`${file} does not set ${name}`);
    return durationMs(value, `${file}: ${name}`);
  };
  if (/\bhealth_/.test(text))
    throw new ComposeError(`${file} checks upstreams' health, which the stand-in proxy knows nothing of`);
  return {
    tryMs: duration('lb_try_duration'),
    tryIntervalMs: duration('lb_try_interval'),
    failMs: duration('fail_duration'),
    refreshMs: duration('refresh'),
    dialTimeoutMs: duration('dial_timeout'),
  };
}
