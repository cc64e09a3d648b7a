import { inEnvelope, newId, topics, type RaiseAlarms } from '@paymatch/contracts';
import type { MessageBus } from '@paymatch/platform-messaging';
import type { Clock } from '@paymatch/platform-observability';

const REPLY_TIMEOUT_MS = 5_000;

export type RaisedAlarm = RaiseAlarms['alarms'][number];

/** Hands alarms to the service that tells people. Handed over twice, each is told once. */
export async function raiseAlarms(
  { bus, clock }: { readonly bus: MessageBus; readonly clock: Clock },
  owner: Pick<RaiseAlarms, 'merchantId' | 'livemode'>,
  alarms: readonly RaisedAlarm[],
): Promise<void> {
  const command: RaiseAlarms = { type: 'RaiseAlarms', ...owner, alarms };
  const id = newId();
  const time = new Date(clock.nowMs()).toISOString();
  await bus.request(
    topics.webhooksCommands.name,
    inEnvelope(command, { id, source: 'api-gateway', key: owner.merchantId, time, correlationId: id }),
    { timeoutMs: REPLY_TIMEOUT_MS },
  );
}
