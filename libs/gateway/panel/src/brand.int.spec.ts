import { expectProblem, PanelClient, type CallOptions, type Reply } from './testing/panel.client.js';
import { AnsweringBus, startPanel, type PanelShop } from './testing/panel.harness.js';

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYPj/HwADAgH/p4c3WQAAAABJRU5ErkJggg==';
const nothing = {
  logo: null,
  colour: null,
  shades: null,
  support_phone: null,
  whatsapp: null,
  support_email: null,
  account_holder: null,
  default_language: null,
};

let panel: Awaited<ReturnType<typeof startPanel>>;
let shop: PanelShop;

beforeAll(async () => {
  panel = await startPanel(new AnsweringBus());
});
beforeEach(async () => {
  shop = await panel.openShop();
});
afterAll(() => panel.stop());

const call = (method: string, options: CallOptions = {}): Promise<Reply> =>
  new PanelClient(panel.url, shop.live).call(method, '/brand', options);

describe('a shop’s brand', () => {
  it('is nothing before it is set, is kept for its mode alone, and keeps what is not sent again', async () => {
    expect((await call('GET')).json.data).toEqual(nothing);
    const body = {
      logo: `data:image/png;base64,${PNG}`,
      colour: '#FFD400',
      support_phone: '09612-345678',
      whatsapp: '+880 1712-345678',
      support_email: 'help@shop.example',
      account_holder: 'Rahima Traders',
      default_language: 'bn',
    };
    const set = {
      ...body,
      logo: {
        url: expect.stringMatching(/^https:\/\/pay\.example\.com\/pay\/brand\/[0-9a-f]{32}\.png$/),
        content_type: 'image/png',
        width: 1,
        height: 1,
      },
      colour: '#ffd400',
      shades: {
        light: { button: '#ffd400', button_text: '#000000' },
        dark: { button: expect.any(String), button_text: '#000000' },
      },
      whatsapp: '+8801712345678',
    };
    expect((await call('PUT', { body })).json.data).toEqual(set);
    expect((await call('PUT', { body: { support_phone: null } })).json.data).toEqual({ ...set, support_phone: null });
    expect((await call('GET', { key: shop.test })).json.data).toEqual(nothing);
    const stranger = await panel.openShop();
    expect((await call('GET', { key: stranger.live })).json.data).toEqual(nothing);
    const taken = await call('PUT', { body: Object.fromEntries(Object.keys(body).map((name) => [name, null])) });
    expect(taken.json.data).toEqual(nothing);
  });

  it.each([
    ['logo', 'data:image/svg+xml;base64,PHN2Zy8+'],
    ['logo', `data:image/png;base64,${Buffer.from('<svg/>').toString('base64')}`],
    ['logo', 'https://shop.example/logo.png'],
    ['colour', 'red'],
    ['support_phone', 'call us'],
    ['whatsapp', '01712345678'],
    ['support_email', 'help at shop'],
    ['account_holder', ' '],
    ['default_language', 'fr'],
  ])('is refused with %s %j', async (field, value) => {
    const reply = await call('PUT', { body: { [field]: value } });
    expectProblem(reply, 422, 'validation-error');
    expect(reply.json.errors[0].pointer).toBe(`/${field}`);
    expect((await call('GET')).json.data).toEqual(nothing);
  });

  it('takes a logo of just under the limit, and no longer one', async () => {
    const logo = (bytes: number): string =>
      `data:image/png;base64,${Buffer.concat([Buffer.from(PNG, 'base64'), Buffer.alloc(bytes)]).toString('base64')}`;
    const own = Buffer.from(PNG, 'base64').length;
    expect((await call('PUT', { body: { logo: logo(102_400 - own) } })).status).toBe(200);
    expectProblem(await call('PUT', { body: { logo: logo(102_401 - own) } }), 422, 'validation-error');
  });
});
