import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newId } from '@paymatch/contracts';
import { BusDouble } from './testing/bus.double.js';
import { startGateway } from './testing/gateway.harness.js';
import { PtaxSource } from '@paymatch/gateway-receiving';

/** A Monday noon in Brasília: its own rate is not out yet. */
const NOW_MS = Date.parse('2026-06-15T15:00:00Z');
let server: Server;
let url: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const seen: string[] = [];
const source = (timeoutMs = 2_000): PtaxSource =>
  new PtaxSource({ baseUrl: `${url}/olinda/servico/PTAX/versao/v1/odata`, timeoutMs }, { nowMs: () => NOW_MS });
const sources: PtaxSource[] = [];
const open = (timeoutMs?: number): PtaxSource => {
  const made = source(timeoutMs);
  sources.push(made);
  return made;
};

beforeAll(async () => {
  server = createServer((request, response) => {
    seen.push(decodeURIComponent(request.url!));
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await Promise.all(sources.map((made) => made.close()));
  server.closeAllConnections();
  server.close();
});

const rows = (...values: readonly (readonly [number, string])[]): string =>
  JSON.stringify({
    '@odata.context':
      'https://was-p.bcnet.bcb.gov.br/olinda/servico/PTAX/versao/v1/odata$metadata#_CotacaoDolarPeriodo(cotacaoCompra,cotacaoVenda,dataHoraCotacao)',
    value: values.map(([cotacaoVenda, dataHoraCotacao]) => ({
      cotacaoCompra: cotacaoVenda - 0.0006,
      cotacaoVenda,
      dataHoraCotacao,
    })),
  });
const send =
  (body: string, status = 200) =>
  (_request: IncomingMessage, response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json;odata.metadata=minimal' }).end(body);
  };

describe("the Banco Central's rates", () => {
  it('are asked for over the last ten days at once, and the newest selling rate counts', async () => {
    answer = send(
      rows([5.1866, '2026-06-11 13:08:26.411'], [5.19, '2026-06-12 13:04:31.12'], [5.2013, '2026-06-10 13:11:00.001']),
    );
    expect(await open().latest('USD')).toEqual({
      baseCurrency: 'USD',
      rate: '5.19',
      source: 'bcb-ptax',
      quotedAt: '2026-06-12T16:04:31.120Z',
    });
    expect(seen.at(-1)).toBe(
      '/olinda/servico/PTAX/versao/v1/odata/CotacaoDolarPeriodo(dataInicial=@dataInicial,dataFinalCotacao=@dataFinalCotacao)' +
        "?@dataInicial='06-05-2026'&@dataFinalCotacao='06-15-2026'&$orderby=dataHoraCotacao desc&$top=10&$format=json",
    );
  });

  it('may be none, and are for dollars only', async () => {
    answer = send(rows());
    expect(await open().latest('USD')).toBeNull();
    expect(await open().latest('EUR')).toBeNull();
  });

  it.each([
    ['an error', send('Internal Server Error', 500)],
    ['a page', send('<html></html>')],
    ['another shape', send('{"error":{"code":"x"}}')],
    ['a rate that is none', send(rows([-5, '2026-06-12 13:04:31.12']))],
    ['a time that is none', send(rows([5.19, '12/06/2026']))],
    ['an endless answer', send(`{"value":[],"x":"${'x'.repeat(200_000)}"}`)],
  ])('are refused when the service answers %s', async (_name, how) => {
    answer = how;
    await expect(open().latest('USD')).rejects.toThrow();
  });

  it('are waited for no longer than said, also when the answer only trickles', async () => {
    for (const how of [
      () => undefined,
      (_request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
    ]) {
      answer = how;
      const before = performance.now();
      await expect(open(200).latest('USD')).rejects.toThrow();
      expect(performance.now() - before).toBeLessThan(2_000);
    }
  });
});

describe("a gateway that sells at the Banco Central's rate", () => {
  it('converts at it, and sells at none that is too old', async () => {
    const gateway = await startGateway(new BusDouble(), {
      exchangeSource: 'ptax',
      ptaxUrl: url,
      exchangeAgeMaxHours: 48,
    });
    try {
      const shop = await gateway.openShop();
      const inBrasilia = (hoursAgo: number): string =>
        new Date(gateway.clock.ms - (hoursAgo + 3) * 3_600_000).toISOString().replace('T', ' ').slice(0, -1);
      const pay = (token: string) =>
        gateway.call('/payment', {
          token,
          json: {
            customer_id: 'c',
            name: 'Richard Roe',
            email: 'richard@roe.com',
            document: '16972691419',
            amount: 300,
            payment_method: 'pix',
            callback: 'http://mysite.com/n',
            transaction: { id: newId() },
          },
        });
      answer = send(rows([5.4321, inBrasilia(47.9)]));
      const sold = await pay(shop.live);
      expect([sold.status, sold.body.data]).toMatchObject([
        201,
        { values: { total: '1629.63', subtotal: '1629.63', exchange: '5.4321', fee: 0 } },
      ]);
      answer = send('', 500);
      gateway.clock.ms += 61_000;
      expect((await pay(shop.live)).status).toBe(201);
      gateway.clock.ms += 6 * 60_000;
      const refused = await pay(shop.live);
      expect([refused.status, refused.headers.get('retry-after'), refused.body]).toEqual([
        503,
        '30',
        {
          requestId: expect.any(String) as string,
          error: { code: 'service_unavailable', message: expect.stringContaining('too old') as string, details: [] },
          moreInformation: [expect.stringContaining('too old') as string],
        },
      ]);
      answer = send(rows([5.5, inBrasilia(1)]));
      gateway.clock.ms += 61_000;
      expect((await pay(shop.live)).status).toBe(201);
    } finally {
      await gateway.stop();
    }
  });
});
