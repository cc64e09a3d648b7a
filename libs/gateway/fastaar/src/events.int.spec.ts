import { newId, uuidToUlid, type WebhookCommand, type WebhookFeedEvent } from '@paymatch/contracts';
import { Refusal, type Message, type MessageBus } from '@paymatch/platform-messaging';
import { startGateway, type RunningGateway, type Shop } from './testing/gateway.harness.js';

/** Speaks the bus's port as webhook-dispatch would, of the events it is given. */
class FeedDouble implements MessageBus {
  readonly asked: WebhookCommand[] = [];
  events: readonly WebhookFeedEvent[] = [];

  publish(): Promise<void> {
    return Promise.reject(new Error('nothing is published here'));
  }

  async request<Reply>(_topic: string, message: Message): Promise<Reply> {
    const command = message.data as WebhookCommand;
    this.asked.push(command);
    const found =
      command.type === 'ListEvents'
        ? this.after(command.after)?.slice(0, command.limit)
        : this.events.find(({ id }) => command.type === 'GetEvent' && id === command.eventId);
    if (found === undefined) throw new Refusal('EVENT_NOT_FOUND');
    return found as Reply;
  }

  private after(id: string | null): readonly WebhookFeedEvent[] | undefined {
    if (id === null) return this.events;
    const index = this.events.findIndex((event) => event.id === id);
    return index < 0 ? undefined : this.events.slice(index + 1);
  }
}

let gateway: RunningGateway;
let bus: FeedDouble;
let shop: Shop;

beforeAll(async () => {
  bus = new FeedDouble();
  gateway = await startGateway(bus);
  shop = await gateway.openShop();
});
beforeEach(() => {
  bus.asked.length = 0;
  bus.events = Array.from({ length: 3 }, (_unused, index): WebhookFeedEvent => {
    const id = newId();
    // As it was rendered, spaces and all.
    const body = `{ "id":"${id}", "sequence":${index}, "amount":500.00 }`;
    return {
      id,
      event: 'payment.completed',
      paymentId: newId(),
      sequence: 3,
      occurredAt: '2026-06-12T08:30:00.000Z',
      body,
    };
  });
});
afterAll(() => gateway.stop());

async function get(path: string, key = shop.live): Promise<{ readonly status: number; readonly text: string }> {
  const response = await fetch(`${gateway.url}/api/v1/events${path}`, { headers: { authorization: `Bearer ${key}` } });
  return { status: response.status, text: await response.text() };
}

describe('the feed of events', () => {
  it('gives bodies as webhooks carried them, page by page, in the mode of the key', async () => {
    const [first, second, third] = bus.events;
    const page = await get('?limit=2');
    expect([page.status, page.text]).toEqual([
      200,
      `{"data":[${first!.body},${second!.body}],"meta":{"has_more":true,"next_after":"${second!.id}","limit":2}}`,
    ]);
    const rest = await get(`?limit=2&after=${second!.id}&type=payment.completed`, shop.test);
    expect(JSON.parse(rest.text).meta).toEqual({ has_more: false, next_after: third!.id, limit: 2 });
    expect(bus.asked).toEqual([
      { type: 'ListEvents', merchantId: shop.merchantId, livemode: true, after: null, event: null, limit: 3 },
      {
        type: 'ListEvents',
        merchantId: shop.merchantId,
        livemode: false,
        after: second!.id,
        event: 'payment.completed',
        limit: 3,
      },
    ]);
    expect(JSON.parse((await get(`?after=${third!.id}`)).text)).toEqual({
      data: [],
      meta: { has_more: false, next_after: third!.id, limit: 50 },
    });
  });

  it('gives one event by its id, and says of one whose body is gone that it was', async () => {
    const [first] = bus.events;
    expect(await get(`/${first!.id}`)).toEqual({ status: 200, text: `{"data":${first!.body}}` });
    bus.events = [{ ...first!, body: null }];
    expect(JSON.parse((await get(`/${first!.id}`)).text)).toEqual({
      data: {
        id: first!.id,
        event: 'payment.completed',
        livemode: true,
        sequence: 3,
        created_at: '2026-06-12T14:30:00+06:00',
        data: null,
        pruned: true,
        payment_id: uuidToUlid(first!.paymentId),
      },
    });
  });

  it.each(['?limit=0', '?limit=101', '?limit=x', '?type=payment.paid', `?after=${newId()}`, '?after=a&after=b'])(
    'is refused with %s',
    async (query) => {
      const { status, text } = await get(query);
      expect([status, JSON.parse(text).code]).toEqual([422, 'validation_error']);
    },
  );

  it('knows no event that is not there, and nobody without a key that may read', async () => {
    expect((await get(`/${newId()}`)).status).toBe(404);
    const { live } = await gateway.openShop({ abilities: ['payments:write'] });
    expect((await get('', live)).status).toBe(403);
  });
});
