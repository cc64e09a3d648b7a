import { createHash, createHmac } from 'node:crypto';
import type { Shop } from './shop.js';

/** A phone of the shop's that says it is there when it is told to. */
export interface WalkingPhone {
  beat(): Promise<void>;
  revoke(): Promise<void>;
}

export async function enrolledPhone(shop: Shop, name: string): Promise<WalkingPhone> {
  const wallets = [{ wallet_id: shop.wallet('bkash').id }];
  const enrolled = await shop.call<{ data: { id: string; secret: string } }>('POST', '/api/panel/v1/devices', {
    name,
    wallets,
  });
  expect(enrolled.status).toBe(201);
  const { id, secret } = enrolled.body.data;
  let sequence = 0;
  return {
    async beat() {
      sequence += 1;
      const body = JSON.stringify({ battery_percent: 80, app_version: '1.0.0' });
      const timestamp = Math.floor(Date.now() / 1_000);
      const signed = `${id}.${sequence}.${timestamp}.${createHash('sha256').update(body).digest('hex')}`;
      const { status } = await fetch(`${shop.demo.baseUrl}/api/device/v1/heartbeat`, {
        method: 'POST',
        body,
        headers: {
          'content-type': 'application/json',
          'x-device-id': id,
          'x-device-seq': String(sequence),
          'x-device-timestamp': String(timestamp),
          'x-device-signature': createHmac('sha256', secret).update(signed).digest('hex'),
        },
      });
      expect(status).toBe(200);
    },
    async revoke() {
      expect((await shop.call('POST', `/api/panel/v1/devices/${id}/revoke`, { reason: 'lost' })).status).toBe(200);
    },
  };
}

/** Today as a bank in Brazil prints it. */
export function dayInBrasilia(): string {
  const shown = { timeZone: 'America/Sao_Paulo', day: '2-digit', month: '2-digit', year: 'numeric' } as const;
  return new Intl.DateTimeFormat('pt-BR', shown).format(new Date());
}
