import type { Message } from '../../message.js';
import type { Carrier, SubscribeOptions, Subscription } from '../../message-bus.js';
import { idOf, messageOf, type CarrierHarness } from '../carrier-harness.js';

/** What each part of the contract works with; topic and group are new for every test. */
export interface CarrierRun {
  readonly harness: CarrierHarness;
  readonly topic: string;
  readonly group: string;
  /** A started carrier, which ends with the test. */
  instance(): Promise<Carrier>;
  consume(
    carrier: Carrier,
    onBatch: SubscribeOptions['onBatch'],
    change?: Partial<SubscribeOptions>,
  ): Promise<Subscription>;
}

export const KEYS = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];

/** Messages with ids `{key}-{n}`, so that the order of a key can be read from its ids. */
export function numbered(from: number, to: number, keys = KEYS): Message[] {
  const messages: Message[] = [];
  for (let n = from; n <= to; n += 1) for (const key of keys) messages.push(messageOf(key, `${key}-${n}`, { n }));
  return messages;
}

export function collector(): { readonly seen: string[]; readonly onBatch: SubscribeOptions['onBatch'] } {
  const seen: string[] = [];
  return {
    seen,
    onBatch: async (batch) => {
      seen.push(...batch.map(idOf));
    },
  };
}

/** Every id is there, and the first sight of each key's ids is in order; repetitions are allowed. */
export function expectAllInOrder(seen: readonly string[], to: number, keys = KEYS): void {
  const firstSights = [...new Set(seen)];
  for (const key of keys)
    expect(firstSights.filter((id) => id.startsWith(`${key}-`))).toEqual(
      Array.from({ length: to }, (_, index) => `${key}-${index + 1}`),
    );
}
