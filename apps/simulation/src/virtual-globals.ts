import crypto from 'node:crypto';
import timersPromises from 'node:timers/promises';
import type { Random } from './random.js';
import { SimulatedProcess } from './simulated-process.js';
import { VirtualTimer, type VirtualTime } from './virtual-time.js';

type Properties = Record<string, unknown>;
type Work = (...args: unknown[]) => void;

/**
 * Puts a value in the place of this process's clock, and a seed in that of its chance. Timers become the scheduler's
 * where simulated processes make them; what runs outside keeps its own. Returns what undoes it.
 */
export function installVirtualGlobals(time: VirtualTime, random: Random): () => void {
  const undone: (() => void)[] = [];
  const replace = (owner: object, name: string, value: unknown): void => {
    const before = Object.getOwnPropertyDescriptor(owner, name);
    Object.defineProperty(owner, name, { value, configurable: true, writable: true, enumerable: true });
    undone.push(() => {
      if (before) Object.defineProperty(owner, name, before);
      else delete (owner as Properties)[name];
    });
  };
  replaceTimers(time, replace);
  replaceClocks(time, replace);
  replace(Math, 'random', () => random.next());
  replace(crypto, 'randomUUID', () => random.uuid());
  replace(crypto, 'randomBytes', (count: number) => random.bytes(count));
  return () => {
    for (const undo of undone.reverse()) undo();
  };
}

type Replace = (owner: object, name: string, value: unknown) => void;

function replaceTimers(time: VirtualTime, replace: Replace): void {
  const real = { setTimeout, setInterval, setImmediate, clearTimeout, clearInterval };
  const isSimulated = (): boolean => SimulatedProcess.current !== undefined;
  replace(globalThis, 'setTimeout', (run: Work, ms = 0, ...args: unknown[]) =>
    isSimulated() ? time.add(() => run(...args), ms) : real.setTimeout(run, ms, ...args),
  );
  replace(globalThis, 'setInterval', (run: Work, ms = 0, ...args: unknown[]) =>
    isSimulated() ? time.add(() => run(...args), ms, true) : real.setInterval(run, ms, ...args),
  );
  replace(globalThis, 'setImmediate', (run: Work, ...args: unknown[]) =>
    isSimulated() ? time.addImmediate(() => run(...args)) : real.setImmediate(run, ...args),
  );
  for (const name of ['clearTimeout', 'clearInterval'] as const)
    replace(globalThis, name, (timer: unknown) =>
      timer instanceof VirtualTimer ? timer.close() : real[name](timer as NodeJS.Timeout),
    );
  const sleep = timersPromises.setTimeout;
  replace(timersPromises, 'setTimeout', (ms = 0, value?: unknown, options?: { readonly signal?: AbortSignal }) =>
    isSimulated() ? virtualSleep(time, { ms, value, signal: options?.signal }) : sleep(ms, value, options),
  );
}

interface Sleep {
  readonly ms: number;
  readonly value: unknown;
  readonly signal: AbortSignal | undefined;
}

function virtualSleep(time: VirtualTime, { ms, value, signal }: Sleep): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(Object.assign(new Error('The operation was aborted'), { name: 'AbortError' }));
    if (signal?.aborted) return abort();
    const stop = (): void => {
      timer.close();
      abort();
    };
    const timer = time.add(() => {
      signal?.removeEventListener('abort', stop);
      resolve(value);
    }, ms);
    signal?.addEventListener('abort', stop);
  });
}

function replaceClocks(time: VirtualTime, replace: Replace): void {
  const startMs = time.nowMs;
  const now = (): number => time.nowMs;
  replace(
    globalThis,
    'Date',
    new Proxy(Date, {
      construct: (target, args: []) => (args.length === 0 ? new target(now()) : new target(...args)),
      get: (target, name, receiver) => (name === 'now' ? now : Reflect.get(target, name, receiver)),
    }),
  );
  replace(performance, 'now', () => time.nowMs - startMs);
}
