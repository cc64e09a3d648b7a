/**
 * The reference of scenario `create`: the least a payment API can do, one INSERT per request. Run as a process of its
 * own.
 */
import { randomUUID } from 'node:crypto';
import fastify from 'fastify';
import { Pool } from 'pg';

const POOL_MAX = 16;

async function main(): Promise<void> {
  const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: POOL_MAX });
  await pool.query(
    'CREATE TABLE payments (id uuid PRIMARY KEY, amount_minor bigint NOT NULL, metadata jsonb, status text NOT NULL, created_at timestamptz NOT NULL DEFAULT now())',
  );
  const app = fastify();
  app.post('/api/v1/payments', async (request, reply) => {
    const { amount, metadata } = request.body as { readonly amount: number; readonly metadata?: unknown };
    const id = randomUUID();
    const { rows } = await pool.query({
      name: 'insert',
      text: "INSERT INTO payments (id, amount_minor, metadata, status) VALUES ($1, $2, $3, 'pending') RETURNING created_at",
      values: [id, Math.round(amount * 100), JSON.stringify(metadata ?? {})],
    });
    return reply.code(201).send({
      data: {
        id,
        object: 'payment',
        amount: amount.toFixed(2),
        currency: 'BDT',
        status: 'pending',
        metadata: metadata ?? {},
        created_at: rows[0].created_at,
      },
    });
  });
  const address = await app.listen({ port: 0, host: '127.0.0.1' });
  process.on(
    'SIGTERM',
    () =>
      void app
        .close()
        .then(() => pool.end())
        .then(() => process.exit(0)),
  );
  console.log(address);
}

void main();
