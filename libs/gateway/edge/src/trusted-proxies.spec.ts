import { trustedProxiesSetting } from './trusted-proxies.js';

const { parse } = trustedProxiesSetting;

describe('the proxies that are trusted', () => {
  it('are nobody, or whoever is named', () => {
    expect(trustedProxiesSetting.default).toEqual([]);
    expect(parse('')).toEqual([]);
    expect(parse('10.0.0.0/8, 192.0.2.7 2001:db8::/32,::1')).toEqual([
      '10.0.0.0/8',
      '192.0.2.7',
      '2001:db8::/32',
      '::1',
    ]);
  });

  it.each(['true', '1', '0.0.0.0/0', '::/0', '10.0.0.0/33', 'proxy', '10.0.0/8', '10.0.0.0/8/8', '10.0.0.0/-1'])(
    'are not %s: the start stops',
    (text) => expect(() => parse(text)).toThrow('must be addresses and networks'),
  );
});
