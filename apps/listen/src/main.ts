import { EventFeed } from './event-feed.js';
import { readOptions, usage, UsageError } from './listen-options.js';
import { ListenState } from './listen-state.js';
import { Listener } from './listener.js';

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') return console.log(usage);
  const state = new ListenState(options);
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  console.log(`Events of ${options.gateway} go to ${options.to}, signed with ${state.secret()}. Ctrl-C ends it.`);
  const listener = new Listener({
    options,
    state,
    feed: new EventFeed(options),
    say: (line) => console.log(line),
    signal: stop.signal,
  });
  const sentCount = await listener.run();
  console.log(`Stopped after ${sentCount} events; the next run goes on from here.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof UsageError ? `${error.message}\n(npm run listen -- --help)` : error);
  process.exitCode = 1;
});
