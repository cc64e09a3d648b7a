import { createContext, useContext } from 'react';

/** Whether the gateway tells of changes by itself; without it, screens ask. */
export const LiveContext = createContext(false);

/** Even then: a change that was told of before it could be read is seen within this time. */
const CONNECTED_REFETCH_MS = 60_000;

/** How often a screen asks again: seldom while it is told, as often as it says while it is not. */
export function useLiveInterval(everyMs: number): number {
  return useContext(LiveContext) ? Math.max(CONNECTED_REFETCH_MS, everyMs) : everyMs;
}
