import type { Shop } from '../shop.js';
import type { ChaosReceiver } from './receiver.js';

/** Endpoints that hear every step, each with an order of its own; `probe` hears of completions alone. */
export const endpoints = [
  { name: 'strict', events: ['payment.*'], order: 'strict' },
  { name: 'latest', events: ['payment.*'], order: 'latest_wins' },
  { name: 'probe', events: ['payment.completed'], order: 'latest_wins' },
] as const;

/** Makes the shop's endpoints, which hear by way of that port; their ids by name. */
export async function makeEndpoints(
  shop: Shop,
  receiver: ChaosReceiver,
  port: number,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const { name, events, order } of endpoints) {
    const { status, body } = await shop.call<{ data: { id: string; secret: string } }>(
      'POST',
      '/api/panel/v1/webhook-endpoints',
      { url: `http://127.0.0.1:${port}/${name}`, events, order },
    );
    if (status !== 201) throw new Error(`making an endpoint answered HTTP ${status}: ${JSON.stringify(body)}`);
    receiver.secrets.set(name, body.data.secret);
    ids.set(body.data.id, name);
  }
  return ids;
}
