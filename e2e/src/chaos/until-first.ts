import type { EventEmitter } from 'node:events';

/** Resolves at the first of these events. An error is none of them: it has listeners of its own. */
export function untilFirst(emitter: EventEmitter, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      for (const event of events) emitter.off(event, done);
      resolve();
    };
    for (const event of events) emitter.on(event, done);
  });
}
