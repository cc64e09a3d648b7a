import { PrometheusMetrics } from './prometheus-metrics.js';

const linesOf = (text: string, name: string): readonly string[] =>
  text.split('\n').filter((line) => line.startsWith(name));

describe('the figures of a process', () => {
  it('are counted where things happen and looked up when somebody asks', async () => {
    const metrics = new PrometheusMetrics({ process: 'payments' });
    const counter = metrics.counter({ name: 'paymatch_tries_total', help: 'x', labels: ['outcome'] });
    counter.add({ outcome: 'good' });
    metrics.counter({ name: 'paymatch_tries_total', help: 'x', labels: ['outcome'] }).add({ outcome: 'good' }, 2);
    metrics.distribution({ name: 'paymatch_wait_seconds', help: 'x', buckets: [1, 2] }).observe({}, 1.5);
    let asked = 0;
    metrics.gauge({ name: 'paymatch_depth', help: 'x', labels: ['queue'] }, () => {
      asked += 1;
      return [{ labels: { queue: 'a' }, value: 7 }];
    });
    metrics.gauge({ name: 'paymatch_depth', help: 'x', labels: ['queue'] }, () => [
      { labels: { queue: 'b' }, value: 0 },
    ]);
    expect(asked).toBe(0);
    const [text] = await Promise.all([metrics.render(), metrics.render()]);
    expect(asked).toBe(1);
    expect(linesOf(text, 'paymatch_tries_total')).toEqual([
      'paymatch_tries_total{outcome="good",process="payments"} 3',
    ]);
    expect(linesOf(text, 'paymatch_wait_seconds_bucket')).toEqual([
      'paymatch_wait_seconds_bucket{le="1",process="payments"} 0',
      'paymatch_wait_seconds_bucket{le="2",process="payments"} 1',
      'paymatch_wait_seconds_bucket{le="+Inf",process="payments"} 1',
    ]);
    expect(linesOf(text, 'paymatch_depth')).toEqual([
      'paymatch_depth{queue="a",process="payments"} 7',
      'paymatch_depth{queue="b",process="payments"} 0',
    ]);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
  });

  it('are told without the one that cannot be read, which is counted, and forgotten when it can be', async () => {
    const metrics = new PrometheusMetrics();
    let isAway = true;
    metrics.gauge({ name: 'paymatch_lag', help: 'x' }, () => {
      if (isAway) throw new Error('the database is away');
      return [{ value: 3 }];
    });
    metrics.gauge({ name: 'paymatch_other', help: 'x' }, () => [{ value: 1 }]);
    const without = await metrics.render();
    expect(linesOf(without, 'paymatch_metrics_unread')).toEqual(['paymatch_metrics_unread{metric="paymatch_lag"} 1']);
    expect(linesOf(without, 'paymatch_other')).toEqual(['paymatch_other 1']);
    isAway = false;
    const all = await metrics.render();
    expect(linesOf(all, 'paymatch_metrics_unread')).toEqual([]);
    expect(linesOf(all, 'paymatch_lag')).toEqual(['paymatch_lag 3']);
  });

  it('no longer tell of a part that has ended', async () => {
    const metrics = new PrometheusMetrics();
    const end = metrics.gauge({ name: 'paymatch_lag', help: 'x', labels: ['of'] }, () => [
      { labels: { of: 'a' }, value: 3 },
    ]);
    end();
    expect(linesOf(await metrics.render(), 'paymatch_lag')).toEqual([]);
  });
});
