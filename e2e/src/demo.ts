/* `npm run demo`: one payment, all the way, against a running gateway or one it starts itself. Exits 0 only if every step happened. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { RunningGateway, type Demo } from './running-gateway.js';
import { bkashSms, Shop } from './shop.js';
import { isGenuine, WebhookReceiver } from './webhook-receiver.js';

interface Endpoint {
  readonly url: string | null;
  readonly events: readonly string[];
}

const amount = '500.00';
const events = ['payment.created', 'payment.awaiting_verification', 'payment.completed'];
const startedMs = Date.now();

function say(step: string): void {
  console.log(`${String(Date.now() - startedMs).padStart(6)} ms  ${step}`);
}

function expect(isTrue: boolean, complaint: string): void {
  if (!isTrue) throw new Error(complaint);
}

/** Where a gateway of this machine may have left its demo merchant. */
function findDemo(url: string | undefined): Demo | null {
  const data = process.env.PAYMATCH_DATA ?? '.paymatch';
  for (const folder of [data, path.join(data, 'cluster')]) {
    const file = path.resolve(folder, 'demo.json');
    if (!existsSync(file)) continue;
    const demo = JSON.parse(readFileSync(file, 'utf8')) as Demo;
    if (url === undefined || new URL(demo.baseUrl).origin === new URL(url).origin) return demo;
  }
  return null;
}

async function isRunning(demo: Demo | null): Promise<boolean> {
  if (demo === null) return false;
  const answer = await fetch(`${demo.baseUrl}/health/ready`, { signal: AbortSignal.timeout(3_000) }).catch(() => null);
  return answer?.ok === true;
}

async function pay(shop: Shop, receiver: WebhookReceiver): Promise<void> {
  const created = await shop.create({ amount: 500, invoice_id: `DEMO-${Date.now()}`, metadata: { channel: 'demo' } });
  expect(
    created.status === 201 && created.body.data.status === 'pending',
    `creating the payment answered HTTP ${created.status}`,
  );
  const { id, checkout_url: checkoutUrl } = created.body.data;
  say(`payment ${id} of ৳${amount} is pending`);

  const page = await fetch(checkoutUrl);
  expect(
    page.ok && (await page.text()).replace(/<[^>]+>/g, '').includes(amount),
    `the checkout page ${checkoutUrl} does not show the amount`,
  );
  say(`checkout page opened: ${checkoutUrl}`);

  const sms = bkashSms(amount);
  const submitted = await shop.submitTrx(id, { provider: 'bkash', trxId: sms.trxId, senderNumber: '01712345678' });
  expect(submitted === 303 || submitted === 302, `the TrxID form answered HTTP ${submitted}`);
  await shop.becomes(id, 'awaiting_verification');
  say(`customer submitted TrxID ${sms.trxId}: awaiting_verification`);

  const forwarded = await shop.forward(sms);
  expect(
    forwarded.body.results[0]?.status === 'accepted',
    `the phone's SMS was not accepted: ${JSON.stringify(forwarded.body)}`,
  );
  say(`phone forwarded the SMS: "${sms.body.slice(0, 42)}…"`);
  await shop.becomes(id, 'completed');
  say('SMS matched: completed');

  for (const event of events) {
    const webhook = await receiver.waitFor(id, event);
    expect(isGenuine(webhook, shop.demo.merchant.webhookSecret), `the signature of ${event} is wrong`);
  }
  const last = await receiver.waitFor(id, 'payment.completed');
  expect(
    last.body.data.status === 'completed' && last.body.data.trx_id === sms.trxId,
    'the webhook tells of another payment than was paid',
  );

  console.log('\nWebhooks, as the shop received them (signatures verified):');
  for (const webhook of receiver.of(id)) {
    console.log(
      `${String(webhook.receivedAtMs - startedMs).padStart(6)} ms  #${webhook.body.sequence} ${webhook.event.padEnd(32)} status ${webhook.body.data.status}`,
    );
  }
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { url: { type: 'string' } } });
  const found = findDemo(values.url);
  let own: RunningGateway | null = null;
  if (!(await isRunning(found))) {
    if (values.url !== undefined)
      throw new Error(`no gateway answers at ${values.url}, or its demo.json is not here; start it first`);
    say('no gateway is running here: starting one on a free port, with data of its own');
    own = await RunningGateway.start();
  }
  const demo = own?.demo ?? found!;
  say(`gateway at ${demo.baseUrl}`);
  const shop = new Shop(demo);
  const receiver = await WebhookReceiver.start();
  const before = await shop.call<{ data: Endpoint }>('GET', '/api/panel/v1/webhook-endpoint');
  try {
    const set = await shop.call('PUT', '/api/panel/v1/webhook-endpoint', { url: receiver.url, events });
    expect(set.status === 200, `setting the webhook endpoint answered HTTP ${set.status}: ${JSON.stringify(set.body)}`);
    say(`webhooks go to ${receiver.url}`);
    await pay(shop, receiver);
    console.log('\nEvery step happened.');
  } finally {
    // Somebody's own endpoint is theirs again afterwards.
    const { url, events: earlier } = before.body.data;
    if (url !== null) await shop.call('PUT', '/api/panel/v1/webhook-endpoint', { url, events: earlier });
    await receiver.stop();
    await own?.stopAndForget();
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(`demo failed: ${(error as Error).message}`);
    process.exit(1);
  },
);
