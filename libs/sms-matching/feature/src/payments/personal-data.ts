import type { PaymentEventData } from '@paymatch/contracts';
import type { Message } from '@paymatch/platform-messaging';
import type { Database, Tx } from '@paymatch/platform-postgres';

/**
 * Lets go of who paid, where payments says that a payment names nobody any more: of the money that completed it, and of
 * nothing else. What that is known by (TrxID, amount, times, claim keys, hashes) stays: it is never counted again.
 */
export async function erasePersonalData(
  database: Database,
  messages: readonly Message<PaymentEventData>[],
): Promise<void> {
  const erased = messages.filter(({ data }) => data.type === 'payments.personal-data-erased');
  for (const { data } of erased) await database.transaction((tx) => eraseOf(tx, data.payment.id));
}

async function eraseOf(tx: Tx, paymentId: string): Promise<void> {
  const { rows } = await tx.query<{ credit_id: string }>(
    `UPDATE sms_matching.credits SET sender_number = NULL WHERE payment_id = $1 AND status = 'consumed'
     RETURNING credit_id`,
    [paymentId],
  );
  const creditIds = rows.map((row) => row.credit_id);
  await tx.query('UPDATE sms_matching.claims SET sender_number = NULL WHERE payment_id = $1', [paymentId]);
  await tx.query(
    `UPDATE sms_matching.raw_messages SET body = '', reading = '{}', earlier_readings = '[]'
      WHERE raw_id IN (SELECT raw_id FROM sms_matching.credit_messages WHERE credit_id = ANY($1::uuid[])
                       UNION SELECT raw_id FROM sms_matching.bank_evidence WHERE credit_id = ANY($1::uuid[]))`,
    [creditIds],
  );
  await tx.query(
    `UPDATE sms_matching.bank_evidence SET payer_document = NULL, payer_name = NULL, payer_name_key = NULL
      WHERE credit_id = ANY($1::uuid[])`,
    [creditIds],
  );
  await tx.query('UPDATE sms_matching.pix_returns SET reason = NULL WHERE credit_id = ANY($1::uuid[])', [creditIds]);
  await tx.query(
    `UPDATE sms_matching.review_cases SET proposal = proposal || '{"senderNumber": null, "note": "erased"}'
      WHERE proposal IS NOT NULL AND (payment_id = $1 OR credit_id = ANY($2::uuid[]))`,
    [paymentId, creditIds],
  );
}
