/**
 * `npm run demo`: one payment, all the way, against a running gateway or one it starts itself. Exits 0 only if every
 * step happened.
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { RunningGateway, type Demo } from './running-gateway.js';
import { bkashSms, Shop } from './shop.js';
import { isGenuine, WebhookReceiver } from './webhook-receiver.js';

interface Endpoint {
  readonly id: string;
  readonly description: string;
  readonly secret: string;
}

const amount = '500.00';
const endpointsPath = '/api/panel/v1/webhook-endpoints';
const description = 'npm run demo';
const events = ['payment.created', 'payment.awaiting_verification', 'payment.completed'];
const startedMs = Date.now();

function say(step: string): void {
  console.log(`${String(Date.now() - startedMs).padStart(6)} ms  ${step}`);
}

function expect(isTrue: boolean, complaint: string): void {
  if (!isTrue) throw new Error(complaint);
}

/** Where a gateway of this machine may have left its demo merchant. */
function findDemo(given: { readonly url: string | undefined; readonly data: string | undefined }): Demo | null {
  const data = process.env.PAYMATCH_DATA ?? '.paymatch';
  for (const folder of given.data === undefined ? [data, path.join(data, 'cluster')] : [given.data]) {
    const file = path.resolve(folder, 'demo.json');
    if (!existsSync(file)) continue;
    const demo = JSON.parse(readFileSync(file, 'utf8')) as Demo;
    if (given.url === undefined || new URL(demo.baseUrl).origin === new URL(given.url).origin) return demo;
  }
  return null;
}

async function isRunning(baseUrl: string | undefined): Promise<boolean> {
  if (baseUrl === undefined) return false;
  const answer = await fetch(new URL('/health/ready', baseUrl), { signal: AbortSignal.timeout(3_000) }).catch(
    () => null,
  );
  return answer?.ok === true;
}

async function pay(shop: Shop, receiver: WebhookReceiver, secret: string): Promise<void> {
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
    expect(isGenuine(webhook, secret), `the signature of ${event} is wrong`);
  }
  const last = await receiver.waitFor(id, 'payment.completed');
  expect(
    last.body.data.status === 'completed' && last.body.data.trx_id === sms.trxId,
    'the webhook tells of another payment than was paid',
  );

  console.log('\nWebhooks, as the shop received them (signatures verified):');
  for (const webhook of receiver.of(id)) {
    console.log(
      `${String(webhook.receivedAtMs - startedMs).padStart(6)} ms  #${webhook.body.sequence} ` +
        `${webhook.event.padEnd(32)} status ${webhook.body.data.status}`,
    );
  }
}

/** The gateway to pay at: the one that runs here, or one of its own when nothing was asked for and none runs. */
async function findGateway(url: string | undefined, data: string | undefined): Promise<RunningGateway | Demo> {
  const found = findDemo({ url, data });
  if (found !== null && (await isRunning(found.baseUrl))) return found;
  if (url !== undefined && (await isRunning(url)))
    throw new Error(
      `the gateway at ${url} answers, but its demo.json is not in ${data ?? 'PAYMATCH_DATA'}; name its folder ` +
        'with --data',
    );
  if (url !== undefined) throw new Error(`no gateway answers at ${url}; start it first`);
  if (data !== undefined) throw new Error(`no gateway of ${data} is running; start it first`);
  say('no gateway is running here: starting one on a free port, with data of its own');
  return RunningGateway.start();
}

interface OwnEndpoint {
  readonly secret: string;
  remove(): Promise<void>;
}

/**
 * An endpoint of this run only; the shop's own are left alone. One that a demo left which was killed before it could
 * remove it is removed first.
 */
async function ownEndpoint(shop: Shop, url: string): Promise<OwnEndpoint> {
  const { body: known } = await shop.call<{ data: readonly Endpoint[] }>('GET', endpointsPath);
  for (const { id } of known.data.filter((endpoint) => endpoint.description === description))
    await shop.call('DELETE', `${endpointsPath}/${id}`);
  const made = await shop.call<{ data: Endpoint }>('POST', endpointsPath, {
    url,
    events,
    description,
    order: 'strict',
  });
  expect(made.status === 201, `making a webhook endpoint answered HTTP ${made.status}: ${JSON.stringify(made.body)}`);
  say(`webhooks go to ${url} too`);
  const { id, secret } = made.body.data;
  return {
    secret,
    remove: async () => {
      const { status } = await shop.call('DELETE', `${endpointsPath}/${id}`);
      expect(status === 200 || status === 404, `removing the webhook endpoint answered HTTP ${status}`);
    },
  };
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { url: { type: 'string' }, data: { type: 'string' } } });
  const gateway = await findGateway(values.url, values.data);
  const own = gateway instanceof RunningGateway ? gateway : null;
  const demo = gateway instanceof RunningGateway ? gateway.demo : gateway;
  say(`gateway at ${demo.baseUrl}`);
  const receiver = await WebhookReceiver.start();
  const shop = new Shop(demo);
  const endpoint = ownEndpoint(shop, receiver.url);
  const cleanUp = async (): Promise<void> => {
    const made = await endpoint.catch(() => null);
    // A gateway of its own goes away with its data.
    if (own === null) await made?.remove();
    await receiver.stop();
    await own?.stopAndForget();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void cleanUp().then(() => process.exit(130), failed));
  try {
    await pay(shop, receiver, (await endpoint).secret);
    console.log('\nEvery step happened.');
  } finally {
    await cleanUp();
  }
}

function failed(error: unknown): never {
  console.error(`demo failed: ${(error as Error).message}`);
  process.exit(1);
}

main().then(() => process.exit(0), failed);
