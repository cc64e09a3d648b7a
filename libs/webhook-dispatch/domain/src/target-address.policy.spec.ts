import { isPublicAddress, refuseUrl, urlLengthMax } from './index.js';

const strict = { allowHttp: false, allowPrivateTargets: false };

describe('an address of the public internet', () => {
  it.each(['8.8.8.8', '1.1.1.1', '172.15.255.255', '172.32.0.0', '2606:4700:4700::1111', '::ffff:8.8.8.8'])(
    '%s is accepted',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it.each([
    '127.0.0.1',
    '127.255.255.254',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.0',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
    '192.0.0.192',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.7',
    '203.0.113.7',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '168.63.129.16',
    '::',
    '::1',
    'fe80::1',
    'fc00::1',
    'fd00:ec2::254',
    'ff02::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '2001:db8::1',
    '100::1',
    'fec0::1',
    '4000::1',
    'not an address',
    '',
  ])('%s is not', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('the URL of an endpoint', () => {
  it.each([
    'https://shop.example/hook',
    'https://shop.example:8443/hook?x=1',
    'https://8.8.8.8/',
    'https://[2606:4700:4700::1111]/',
    'https://internal.example/',
  ])('%s is accepted', (url) => {
    expect(refuseUrl(url, strict)).toBeNull();
  });

  it.each([
    ['not a url', 'malformed'],
    ['', 'malformed'],
    ['https://', 'malformed'],
    ['//shop.example/', 'malformed'],
    ['http://shop.example/', 'scheme_not_allowed'],
    ['ftp://shop.example/', 'scheme_not_allowed'],
    ['file:///etc/passwd', 'scheme_not_allowed'],
    ['javascript:alert(1)', 'scheme_not_allowed'],
    ['https://user@shop.example/', 'credentials_in_url'],
    ['https://:pw@shop.example/', 'credentials_in_url'],
    ['https://127.0.0.1/', 'private_address'],
    ['https://2130706433/', 'private_address'],
    ['https://0x7f.1/', 'private_address'],
    ['https://0177.0.0.1/', 'private_address'],
    ['https://[::1]/', 'private_address'],
    ['https://[::ffff:169.254.169.254]/', 'private_address'],
    ['https://169.254.169.254/latest/meta-data', 'private_address'],
    ['https://localhost/', 'private_address'],
    ['https://LOCALHOST./', 'private_address'],
    ['https://printer.local/', 'private_address'],
    ['https://metadata.google.internal/', 'private_address'],
    ['https://a.localhost/', 'private_address'],
  ])('%s is refused as %s', (url, reason) => {
    expect(refuseUrl(url, strict)).toBe(reason);
  });

  it('may be plain http or private when the operator allows it', () => {
    expect(refuseUrl('http://shop.example/', { allowHttp: true, allowPrivateTargets: false })).toBeNull();
    expect(refuseUrl('http://127.0.0.1:9/', { allowHttp: true, allowPrivateTargets: true })).toBeNull();
    expect(refuseUrl('ftp://shop.example/', { allowHttp: true, allowPrivateTargets: true })).toBe('scheme_not_allowed');
  });

  it('has a longest length', () => {
    const url = 'https://shop.example/'.padEnd(urlLengthMax, 'x');
    expect(refuseUrl(url, strict)).toBeNull();
    expect(refuseUrl(`${url}x`, strict)).toBe('too_long');
  });
});
