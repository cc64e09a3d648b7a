import { topics, type ParkedMessagesPage } from '@paymatch/contracts';
import { Refusal, RequestUnavailable } from '@paymatch/platform-messaging';
import { expectProblem, PanelClient, type Reply } from './testing/panel.client.js';
import { AnsweringBus, startPanel, type PanelShop } from './testing/panel.harness.js';

let panel: Awaited<ReturnType<typeof startPanel>>;
let bus: AnsweringBus;
let shop: PanelShop;

const page: ParkedMessagesPage = {
  messages: [
    {
      id: 12,
      kind: 'message',
      status: 'parked',
      rawId: 'r1',
      deviceId: 'd1',
      sender: 'bKash',
      body: 'You have received Tk 500.00',
      arrivedAt: '2026-06-12T08:29:00.000Z',
      error: 'TypeError: poison',
      attempts: 5,
      parkedAt: '2026-06-12T08:29:01.000Z',
      isReplayRequested: false,
    },
  ],
  count: 1_000,
  isCountExact: false,
};

beforeAll(async () => {
  bus = new AnsweringBus();
  panel = await startPanel(bus);
});
beforeEach(async () => {
  shop = await panel.openShop();
  bus.asked.length = 0;
  bus.answer = () => page;
});
afterAll(() => panel.stop());

const list = (query = '', key: string = shop.live): Promise<Reply> =>
  new PanelClient(panel.url, key).call('GET', `/parked-messages${query}`);
const asked = () => bus.asked.map(({ topic, message }) => [topic, message.data]);
const command = { type: 'ListParkedMessages', status: 'parked', limit: 50, before: null };

describe('the list of parked messages', () => {
  it('says what each is, why it could not be taken, and how many there are', async () => {
    expect((await list()).json).toEqual({
      data: [
        {
          id: '12',
          kind: 'message',
          status: 'parked',
          raw_id: 'r1',
          device_id: 'd1',
          sender: 'bKash',
          body: 'You have received Tk 500.00',
          arrived_at: '2026-06-12T08:29:00.000Z',
          error: 'TypeError: poison',
          attempts: 5,
          parked_at: '2026-06-12T08:29:01.000Z',
          replay_requested: false,
        },
      ],
      meta: { count: 1_000, count_is_exact: false },
    });
  });

  it('is asked for the merchant and the mode of the key alone, whatever the address says', async () => {
    await list();
    await list('?merchant_id=somebody-else&livemode=true', shop.test);
    const other = await panel.openShop();
    await list('?status=discarded&limit=2&before=12', other.live);
    expect(asked()).toEqual([
      [topics.creditsCommands.name, { ...command, merchantId: shop.merchantId, livemode: true }],
      [topics.creditsCommands.name, { ...command, merchantId: shop.merchantId, livemode: false }],
      [
        topics.creditsCommands.name,
        { ...command, merchantId: other.merchantId, livemode: true, status: 'discarded', limit: 2, before: 12 },
      ],
    ]);
  });

  it.each(['status=replayed', 'limit=0', 'limit=101', 'before=x', 'before=-1', 'before=0', 'before=1e3'])(
    'refuses ?%s with a problem, and asks nobody',
    async (query) => {
      expectProblem(await list(`?${query}`), 422, 'validation-error');
      expect(asked()).toEqual([]);
    },
  );

  it('is a problem when the service refuses or does not answer', async () => {
    bus.answer = () => {
      throw new Refusal('INVALID_COMMAND', { limit: 50 });
    };
    expectProblem(await list(), 422, 'validation-error');
    bus.answer = () => {
      throw new RequestUnavailable('nobody answers');
    };
    expect((await list()).status).toBe(503);
  });
});

describe('a parked message', () => {
  it('is tried again, or given up, as matching is told', async () => {
    const client = new PanelClient(panel.url, shop.live);
    bus.answer = () => page.messages[0];
    const given = { body: { reason: 'a test of our own' } };
    const asks = [
      ['replay', {}],
      ['discard', given],
    ] as const;
    for (const [decision, options] of asks) {
      bus.asked.length = 0;
      const reply = await client.call('POST', `/parked-messages/12/${decision}`, options);
      expect([reply.status, reply.json.data.id]).toEqual([200, '12']);
      const command = { type: 'DecideParkedMessage', merchantId: shop.merchantId, livemode: true, id: 12, decision };
      expect(asked()).toEqual([[topics.creditsCommands.name, command]]);
    }
    expectProblem(await client.call('POST', '/parked-messages/x/discard', given), 404, 'not-found');
    bus.answer = () => {
      throw new Refusal('PARKED_NOT_FOUND', {});
    };
    expectProblem(await client.call('POST', '/parked-messages/13/discard', given), 404, 'not-found');
  });
});
