import { atWay, readWays } from './way.js';

describe('a way to a server of the cluster', () => {
  it('is its own port and the one by which services come', () => {
    const ways = readWays(['kafka=9100:9101', 'postgres=5400:5401']);
    expect(ways.get('postgres')).toEqual({ port: 5_400, byPort: 5_401 });
    expect(atWay(ways.get('kafka')!)).toBe('127.0.0.1:9101');
  });

  it.each(['kafka', 'kafka=9100', 'proxy=1:2', 'kafka=a:b'])('is not %s', (value) => {
    expect(() => readWays([value])).toThrow(`got ${value}`);
  });
});
