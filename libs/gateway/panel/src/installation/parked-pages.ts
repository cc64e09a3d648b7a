import { parkingServices, type AnyParkedMessage } from '@paymatch/contracts';
import { validationProblem } from '@paymatch/gateway-edge';
import type { ParkingService } from '../panel-desk.js';

/** What one service answered; `null`: nothing. */
export interface Found {
  readonly service: ParkingService;
  readonly messages: readonly AnyParkedMessage[] | null;
}

interface Shown {
  readonly service: ParkingService;
  readonly message: AnyParkedMessage;
}

/** How far each service's messages have been shown: those below this id are still to come. */
type Positions = ReadonlyMap<ParkingService, number>;

/** Every service counts for itself: `payments.12`. */
export function parkedId(service: ParkingService, id: number): string {
  return `${service}.${id}`;
}

export function readParkedId(text: string): { readonly service: ParkingService; readonly id: number } | null {
  const [, name, id] = /^([a-z-]+)\.([1-9][0-9]{0,14})$/.exec(text) ?? [];
  const service = parkingServices.find((each) => each === name);
  return service === undefined ? null : { service, id: Number(id) };
}

/** The `next` of an earlier page: the last id shown of each service. */
export function readPositions(text: unknown): Positions {
  if (text === undefined) return new Map();
  const parts = typeof text === 'string' ? text.split('_').map(readParkedId) : [null];
  return new Map(
    parts.map((part) => {
      if (part === null) throw validationProblem({ after: ['Send the next of an earlier page.'] });
      return [part.service, part.id] as const;
    }),
  );
}

/** The newest of all; those of one service stay in their order. */
export function shownOf(answers: readonly Found[], limit: number): readonly Shown[] {
  const queues = answers.map(({ service, messages }) =>
    (messages ?? []).map((message) => ({ service, message })).reverse(),
  );
  const shown: Shown[] = [];
  while (shown.length < limit) {
    const [newest] = queues
      .filter((queue) => queue.length > 0)
      .sort((a, b) => b.at(-1)!.message.parkedAt.localeCompare(a.at(-1)!.message.parkedAt));
    const taken = newest?.pop();
    if (taken === undefined) break;
    shown.push(taken);
  }
  return shown;
}

/** Where the next page begins; `null` when nothing more is known of. */
export function nextOf(page: {
  readonly answers: readonly Found[];
  readonly shown: readonly Shown[];
  readonly positions: Positions;
  readonly limit: number;
}): string | null {
  const { answers, shown, limit } = page;
  const foundCount = answers.reduce((sum, { messages }) => sum + (messages?.length ?? 0), 0);
  if (shown.length === 0 || (foundCount === shown.length && shown.length < limit)) return null;
  const positions = new Map(page.positions);
  for (const { service, message } of shown) positions.set(service, message.id);
  return [...positions].map(([service, id]) => parkedId(service, id)).join('_');
}
