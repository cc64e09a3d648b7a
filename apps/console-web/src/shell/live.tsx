import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState, type ReactNode } from 'react';
import { Attention } from './attention';
import { LiveContext } from './live-context';
import { refreshedBy, type LiveChange } from './live-changes';
import { useShop } from './shop';

/** A busy shop's events are taken together: what is on screen is asked for once. */
const TOGETHER_MS = 400;
const AGAIN_MS = 5_000;
const AGAIN_MAX_MS = 60_000;

/** One stream a window; what is on screen of what it names is asked for anew, and troubles are told once. */
export function Live({ children }: { readonly children: ReactNode }) {
  const isConnected = useStream();
  return (
    <LiveContext value={isConnected}>
      {children}
      <Attention />
    </LiveContext>
  );
}

function useStream(): boolean {
  const { merchant, mode } = useShop();
  const queries = useQueryClient();
  const [isConnected, setConnected] = useState(false);
  useEffect(() => {
    const refresh = (isWanted: (name: string) => boolean): void =>
      void queries.invalidateQueries({
        queryKey: [merchant, mode],
        predicate: ({ queryKey }) => isWanted(String(queryKey[2])),
      });
    const end = listen({
      url: `/api/panel/v1/stream?${new URLSearchParams({ merchant, mode })}`,
      changed: (kinds) => {
        const names = refreshedBy(kinds);
        refresh((name) => names.has(name));
      },
      // What changed while nobody told of it.
      missed: () => refresh(() => true),
      connectionChanged: setConnected,
    });
    return () => {
      end();
      setConnected(false);
    };
  }, [merchant, mode, queries]);
  return isConnected;
}

interface Listener {
  readonly url: string;
  readonly changed: (kinds: ReadonlySet<string>) => void;
  readonly missed: () => void;
  readonly connectionChanged: (isConnected: boolean) => void;
}

/** Listens until the answer is called. A refusal ends an EventSource for good: another one is begun, ever later. */
function listen({ url, changed, missed, connectionChanged }: Listener): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let pauseMs = AGAIN_MS;
  let wasOpen = false;
  const kinds = new Set<string>();
  let flush: ReturnType<typeof setTimeout> | undefined;
  const open = () => {
    source = new EventSource(url);
    source.onopen = () => {
      pauseMs = AGAIN_MS;
      connectionChanged(true);
      if (wasOpen) missed();
      wasOpen = true;
    };
    source.onmessage = ({ data }) => {
      kinds.add((JSON.parse(String(data)) as LiveChange).kind);
      flush ??= setTimeout(() => {
        flush = undefined;
        changed(new Set(kinds));
        kinds.clear();
      }, TOGETHER_MS);
    };
    source.addEventListener('resync', missed);
    source.onerror = () => {
      connectionChanged(false);
      if (source?.readyState !== EventSource.CLOSED) return;
      timer = setTimeout(open, pauseMs);
      pauseMs = Math.min(pauseMs * 2, AGAIN_MAX_MS);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    clearTimeout(flush);
    source?.close();
  };
}
