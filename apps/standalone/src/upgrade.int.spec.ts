import { createHash, createHmac } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createTestDatabase, eventually } from '@paymatch/platform-testing';
import { readReleaseFixture, restoreRelease, type ReleaseFixture } from './testing/release-fixture.js';
import { startWholeGateway, type WholeGateway } from './testing/whole-gateway.js';

const folder = path.resolve(__dirname, 'testing/releases');
const patiently = { timeoutMs: 60_000, everyMs: 50 };

interface Demo {
  readonly merchant: { readonly liveKey: string; readonly webhookEndpointId: string; readonly webhookSecret: string };
  readonly device: { readonly id: string; readonly secret: string };
}

interface ReceivedWebhook {
  readonly event: string;
  readonly signature: string;
  readonly raw: string;
}

describe.each(readdirSync(folder))('what %s left', (file) => {
  let fixture: ReleaseFixture;
  let demo: Demo;
  let gateway: WholeGateway;
  let receiver: Server;
  const received: ReceivedWebhook[] = [];

  beforeAll(async () => {
    fixture = readReleaseFixture(path.join(folder, file));
    demo = JSON.parse(fixture.demo) as Demo;
    const test = await createTestDatabase({ schema: 'unused' });
    await restoreRelease(test.database, fixture);
    gateway = await startWholeGateway({ test, secret: fixture.secret });
    receiver = createServer((request, answer) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const header = (name: string): string => String(request.headers[name]);
        const raw = Buffer.concat(chunks).toString('utf8');
        received.push({ event: header('x-fastaar-event'), signature: header('x-fastaar-signature'), raw });
        answer.end();
      });
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
  }, 120_000);
  afterAll(async () => {
    receiver?.close();
    await gateway?.stop();
  });

  const call = async (method: string, address: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${gateway.url}${address}`, {
      method,
      headers: { authorization: `Bearer ${demo.merchant.liveKey}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answered: unknown = await answer.json();
    expect([address, answer.status, answered]).toEqual([address, 200, expect.anything()]);
    return answered;
  };
  const payment = async (id: string): Promise<{ readonly status: string; readonly created_at: string }> =>
    ((await call('GET', `/api/v1/payments/${id}`)) as { data: { status: string; created_at: string } }).data;
  const statusOf = async (id: string): Promise<string> => (await payment(id)).status;

  async function forward(sms: ReleaseFixture['sms']): Promise<Response> {
    const { device } = demo;
    // As a phone does that lay in a drawer all the while.
    const at = (await payment(fixture.waiting)).created_at;
    const { sender, body: text } = sms;
    const message = { part: null, seq: null, sender, body: text, sim_slot: 0, sent_at: at, received_at: at };
    const body = JSON.stringify({ messages: [message] });
    const [seq, timestamp] = [Date.now(), Math.floor(Date.now() / 1_000)];
    const signed = `${device.id}.${seq}.${timestamp}.${createHash('sha256').update(body).digest('hex')}`;
    return fetch(`${gateway.url}/api/device/v1/messages`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-device-id': device.id,
        'x-device-seq': String(seq),
        'x-device-timestamp': String(timestamp),
        'x-device-signature': createHmac('sha256', device.secret).update(signed).digest('hex'),
      },
    });
  }

  it('is there: its payments as they were, for the key it gave out', async () => {
    expect(await statusOf(fixture.completed)).toBe('completed');
    expect(await statusOf(fixture.waiting)).toBe('awaiting_verification');
    expect(['pending', 'expired']).toContain(await statusOf(fixture.open));
  });

  it('goes on: the message that was waited for completes its payment, and the shop hears of it, signed', async () => {
    const { port } = receiver.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/webhooks`;
    await call('PATCH', `/api/panel/v1/webhook-endpoints/${demo.merchant.webhookEndpointId}`, { url });
    expect((await forward(fixture.sms)).status).toBe(200);
    await eventually(async () => expect(await statusOf(fixture.waiting)).toBe('completed'), patiently);
    const completed = await eventually(() => {
      const found = received.find(({ event, raw }) => event === 'payment.completed' && raw.includes(fixture.waiting));
      expect(found).toBeDefined();
      return found!;
    }, patiently);
    const body = JSON.parse(completed.raw) as { readonly data: { readonly id: string; readonly status: string } };
    expect(body.data).toMatchObject({ id: fixture.waiting, status: 'completed' });
    const signedAt = /^t=(\d+),/.exec(completed.signature)?.[1];
    const signature = createHmac('sha256', demo.merchant.webhookSecret).update(`${signedAt}.${completed.raw}`);
    expect(completed.signature).toBe(`t=${signedAt},v1=${signature.digest('hex')}`);
    // Nothing of what was told before is told again.
    expect(received.filter(({ raw }) => raw.includes(fixture.completed))).toEqual([]);
  });
});
