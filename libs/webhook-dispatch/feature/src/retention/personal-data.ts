import type { PaymentEventData } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import type { Database } from '@paymatch/platform-postgres';
import { leaveForLater, prune, unfinishedOf } from './retention.store.js';

/** Nothing was sent after it: what was sent again lately goes as well. */
const NEVER = new Date(8_640_000_000_000_000);

/**
 * Bodies and attempts of payments that name nobody any more go at once. What is still to be delivered keeps what it
 * needs, and goes with the pruning that looks at it again once it is delivered.
 */
export async function erasePersonalData(
  { database, nowMs }: { readonly database: Database; readonly nowMs: number },
  messages: readonly Message<PaymentEventData>[],
): Promise<void> {
  const paymentIds = messages
    .filter(({ data }) => data.type === 'payments.personal-data-erased')
    .map(({ data }) => data.payment.id);
  if (paymentIds.length === 0) return;
  await database.transaction(async (tx) => {
    const { rows } = await tx.query<{ id: string }>(
      'SELECT id FROM webhook_dispatch.events WHERE payment_id = ANY($1::uuid[]) ORDER BY id FOR UPDATE',
      [paymentIds],
    );
    const ids = rows.map(({ id }) => id);
    const kept = new Set(await unfinishedOf(tx, ids, NEVER));
    await prune(
      tx,
      ids.filter((id) => !kept.has(id)),
    );
    await leaveForLater(tx, [...kept], new Date(nowMs));
  });
}
