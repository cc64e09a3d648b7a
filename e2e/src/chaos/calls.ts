import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from './history.js';

/** What is common to every call: how it went and when. */
export interface Went {
  readonly outcome: Outcome;
  readonly status: number;
  readonly fromMs: number;
  readonly toMs: number;
}

export interface CallResult<Body> extends Went {
  readonly body: Body | null;
}

const PATIENCE_MS = 20_000;
const PAUSE_MS = 100;
const PAUSE_MAX_MS = 1_600;
/** A proxy's or a server's "not now", which does not say that nothing happened. */
const saysNothing = new Set([0, 408, 425, 429, 500, 502, 503, 504]);

/** One call; an answer that does not come is one that says nothing. */
export async function tell<Body>(
  send: () => Promise<{ readonly status: number; readonly body?: Body }>,
): Promise<CallResult<Body>> {
  const fromMs = Date.now();
  try {
    const { status, body } = await send();
    const outcome = status >= 200 && status < 400 ? 'ok' : saysNothing.has(status) ? 'unknown' : 'refused';
    return { outcome, status, body: body ?? null, fromMs, toMs: Date.now() };
  } catch {
    // No answer, a torn one, or none in time: the client knows nothing, and the history says so.
    return { outcome: 'unknown', status: 0, body: null, fromMs, toMs: Date.now() };
  }
}

/** Again and again under the same key, as clients are told to, until the answer says something. */
export async function persistently<Body>(
  send: () => Promise<{ readonly status: number; readonly body?: Body }>,
  { note, isOver }: { readonly note: (result: CallResult<Body>) => void; readonly isOver: () => boolean },
): Promise<CallResult<Body>> {
  const giveUpMs = Date.now() + PATIENCE_MS;
  for (let pauseMs = PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, PAUSE_MAX_MS)) {
    const result = await tell(send);
    note(result);
    if (result.outcome !== 'unknown' || Date.now() > giveUpMs || isOver()) return result;
    await sleep(pauseMs);
  }
}
