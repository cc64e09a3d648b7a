import { gatewayApis } from '@paymatch/gateway-service';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { startWholeGateway, type WholeGateway } from './testing/whole-gateway.js';

/** Served, and no API that strangers' programs call. */
const notDescribed = [
  /^\/pay\//, // the customer's page
  /^\/l\//, // the page of a payment link
  /^\/health\//, // for whoever runs the process
  /^\/metrics$/,
  /^\/openapi\//, // the documents themselves
  /^\/docs(?:\/|$)/,
  /^\/console(?:\/|$)/,
  /^\/api\/v1\/\*$/, // a browser's question before its call
];

let gateway: WholeGateway;
beforeAll(async () => {
  gateway = await startWholeGateway();
});
afterAll(() => gateway.stop());

const get = (address: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${gateway.url}${address}`, { headers });

describe('the documents of the running gateway', () => {
  it('describe every route, and nothing else', () => {
    const served = gateway.routes
      .filter(({ method, url }) => method !== 'HEAD' && !notDescribed.some((pattern) => pattern.test(url)))
      .map(({ method, url }) => `${method} ${url}`);
    const described = gatewayApis.flatMap(({ name, operations }) =>
      operations.map((operation) => ({ name, route: `${operation.method.toUpperCase()} ${operation.path}` })),
    );
    const missing = served.filter((route) => !described.some((known) => known.route === route));
    const gone = described.filter(({ route }) => !served.includes(route));
    // Where to mend it: the folder says how.
    expect({
      'add to libs/gateway/<its face>/src/openapi, as the *.api.ts there says': missing,
      'no longer served: take out of libs/gateway/<name>/src/openapi': gone,
    }).toEqual({
      'add to libs/gateway/<its face>/src/openapi, as the *.api.ts there says': [],
      'no longer served: take out of libs/gateway/<name>/src/openapi': [],
    });
  });

  it.each(gatewayApis.map(({ name }) => [name]))('are served as docs/reference/openapi has them: %s', async (name) => {
    const file = path.resolve(__dirname, '../../../docs/reference/openapi', `${name}.json`);
    const answer = await get(`/openapi/${name}.json`);
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('cache-control')]).toEqual([
      200,
      'application/json; charset=utf-8',
      'no-cache',
    ]);
    expect(await answer.text()).toBe(readFileSync(file, 'utf8'));
    const etag = answer.headers.get('etag')!;
    const again = await get(`/openapi/${name}.json`, { 'if-none-match': `"other", W/${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  });

  it('are not there under other names', async () => {
    for (const address of ['/openapi/operator.json', '/openapi/fastaar', '/docs/assets/swagger-ui.js'])
      expect([address, (await get(address)).status]).toEqual([address, 404]);
  });
});

describe('the page that shows them', () => {
  it('has assets of its own, compressed and kept for ever, under a policy that lets in nothing else', async () => {
    const page = await get('/docs');
    const policy = page.headers.get('content-security-policy')!;
    expect([page.status, page.headers.get('x-frame-options')]).toEqual([200, 'DENY']);
    expect(policy).toContain("default-src 'none'; script-src 'self'");
    const html = await page.text();
    const names = [...html.matchAll(/(?:src|href)="(docs\/assets\/[^"]+)"/g)].map((match) => match[1]!);
    expect(names).toHaveLength(4);
    expect(html).not.toMatch(/(?:src|href)="(?:https?:)?\/\//);
    for (const name of names) {
      const { status, headers } = await get(`/${name}`, { 'accept-encoding': 'gzip;q=0, br' });
      expect([name, status, headers.get('content-encoding'), headers.get('cache-control')]).toEqual([
        name,
        200,
        'br',
        'public, max-age=31536000, immutable',
      ]);
    }
  });
});
