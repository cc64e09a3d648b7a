/**
 * Contract B's customers as its payments name them. `payments` are rows of the read model with whom they name: of those
 * of one customer the newest says the name and the address, the oldest since when they are known. The id is made from
 * what they are, so that it is the same whoever writes them first.
 */
const PAYERS = 'gateway.payers_v1';

const upsertSql = (payments: string): string => `
  INSERT INTO ${PAYERS} AS known (id, merchant_id, livemode, reference, name, email, told_by, created_at)
  SELECT DISTINCT ON (1) md5(merchant_id::text || ' ' || livemode::text || ' ' || customer_id)::uuid, merchant_id,
         livemode, customer_id, snapshot #>> '{payer,name}', snapshot #>> '{payer,email}', id,
         min(created_at) OVER (PARTITION BY merchant_id, livemode, customer_id)
    FROM ${payments} WHERE dialect = 'smartfastpay' AND customer_id IS NOT NULL
   ORDER BY 1, id DESC
  ON CONFLICT (id) DO UPDATE
     SET name = CASE WHEN excluded.told_by > known.told_by THEN excluded.name ELSE known.name END,
         email = CASE WHEN excluded.told_by > known.told_by THEN excluded.email ELSE known.email END,
         told_by = GREATEST(excluded.told_by, known.told_by),
         created_at = LEAST(excluded.created_at, known.created_at)
   WHERE excluded.created_at < known.created_at
      OR (excluded.told_by > known.told_by
        AND (excluded.name, excluded.email) IS DISTINCT FROM (known.name, known.email))`;

/** Of a whole table. */
export const fillPayersSql = upsertSql;

/** Of the payments that a statement has just added: `incoming` rows whose ids are in `added`. Repeats write nothing. */
export const addPayersSql = upsertSql('(SELECT i.* FROM incoming i JOIN added USING (id)) AS named');
