import { rmSync } from 'node:fs';
import type {} from './global-setup.js';

/** Ends what `global-setup` started; a server given from outside stays. */
export default async function stopTestPostgres(): Promise<void> {
  const running = globalThis.paymatchTestPostgres;
  if (running === undefined) return;
  // Several projects of one run share it, and each calls this.
  globalThis.paymatchTestPostgres = undefined;
  await running.server.stop();
  rmSync(running.dataDir, { recursive: true, force: true });
}
