import type { Values } from '@paymatch/platform-config';
import type { KeptTable } from '@paymatch/platform-postgres';
import type { deviceSettings } from './device.settings.js';

type KeptDays = Pick<Values<typeof deviceSettings>, 'requestsKeptDays' | 'contentsKeptDays'>;

const DAY_MS = 86_400_000;

/** What is not kept for ever of what devices hand over, and of alerts that are over. */
export function deviceTables({ requestsKeptDays, contentsKeptDays }: KeptDays): readonly KeptTable[] {
  const contents = contentsKeptDays * DAY_MS;
  return [
    { table: 'gateway.device_requests', isOld: 'arrived_at < $1', keptMs: requestsKeptDays * DAY_MS },
    { table: 'gateway.device_messages', isOld: 'arrived_at < $1', keptMs: contents },
    { table: 'gateway.device_alerts', isOld: 'closed_at < $1', keptMs: contents },
  ];
}
