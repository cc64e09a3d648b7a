import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@paymatch/platform-testing';
import { parse } from 'yaml';
import { localConfig, onPath, startPrometheus, type RunningPrometheus } from './prometheus.js';

const root = path.resolve(__dirname, '../../..');
const services = ['api-gateway', 'payments', 'sms-matching', 'webhook-dispatch'];
const rulesFile = path.join(root, 'docker/observability/alerts.yml');

const dashboardFile = path.join(root, 'docker/observability/grafana/dashboards/paymatch.json');

/** What the dashboard asks, as Grafana puts it. */
function dashboardQueries(): readonly string[] {
  const { panels } = JSON.parse(readFileSync(dashboardFile, 'utf8')) as {
    readonly panels: readonly { readonly targets: readonly { readonly expr: string }[] }[];
  };
  return panels.flatMap(({ targets }) => targets.map(({ expr }) => expr.replaceAll('$__rate_interval', '1m')));
}

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly labels: { readonly severity: string };
  readonly annotations: { readonly summary: string };
}

describe('the alert rules', () => {
  it('each say when, how bad it is and what is the matter', () => {
    const { groups } = parse(readFileSync(rulesFile, 'utf8')) as {
      readonly groups: readonly { rules: readonly Rule[] }[];
    };
    for (const { alert, expr, labels, annotations } of groups.flatMap(({ rules }) => rules)) {
      expect([alert, expr.length > 0, annotations.summary.length > 0]).toEqual([alert, true, true]);
      expect(['page', 'ticket']).toContain(labels.severity);
    }
  });

  const promtool = onPath('promtool');
  (promtool === null ? it.skip : it)('are what promtool takes for rules', () => {
    expect(execFileSync(promtool!, ['check', 'rules', rulesFile], { encoding: 'utf8' })).toContain('SUCCESS');
  });
});

describe('the cluster’s Prometheus', () => {
  it('scrapes the instances of this machine by the compose file’s jobs, with the token', () => {
    const targets = services.map((service, index) => ({ service, host: '127.0.0.1', port: 4_000 + index }));
    const config = parse(localConfig({ root, targets, token: 'a-token-of-some-length' })) as {
      readonly rule_files: readonly string[];
      readonly scrape_configs: readonly unknown[];
    };
    expect(config.rule_files).toEqual([rulesFile]);
    expect(config.scrape_configs).toEqual(
      services.map((job_name, index) => ({
        job_name,
        authorization: { credentials: 'a-token-of-some-length' },
        static_configs: [{ targets: [`127.0.0.1:${4_000 + index}`] }],
      })),
    );
    expect(() => localConfig({ root, targets: targets.slice(1), token: '' })).toThrow(
      'no instance runs of api-gateway',
    );
  });

  describe('run for real, where it is on the PATH', () => {
    let target: Server | undefined;
    let running: RunningPrometheus | null = null;
    const dataDir = mkdtempSync(path.join(tmpdir(), 'prometheus-'));
    afterEach(async () => {
      await running?.stop();
      target?.close();
      rmSync(dataDir, { recursive: true, force: true });
    });

    it('finds all its targets, its rules without fault and the dashboard’s queries; elsewhere it says that there is none', async () => {
      target = createServer((_request, answer) => answer.end('# TYPE paymatch_ready gauge\npaymatch_ready 1\n'));
      target.listen(0, '127.0.0.1');
      await once(target, 'listening');
      const { port } = target.address() as AddressInfo;
      const lines: string[] = [];
      running = await startPrometheus({
        root,
        dataDir,
        logFile: path.join(dataDir, 'log'),
        targets: services.map((service) => ({ service, host: '127.0.0.1', port })),
        token: '',
        onLine: (line) => lines.push(line),
      });
      if (running === null) return expect(lines.join()).toContain('not on the PATH');
      const { url } = running;
      await eventually(
        async () => {
          const answer = await fetch(`${url}/api/v1/query?query=up`);
          const { data } = (await answer.json()) as {
            readonly data: { readonly result: readonly { value: [number, string] }[] };
          };
          expect(data.result.map(({ value }) => value[1])).toEqual(['1', '1', '1', '1']);
        },
        { timeoutMs: 60_000, everyMs: 200 },
      );
      const rules = await (await fetch(`${url}/api/v1/rules`)).text();
      expect([rules.includes('PaymatchRelayStalls'), rules.includes('"health":"err"')]).toEqual([true, false]);
      for (const query of dashboardQueries()) {
        const answer = await fetch(`${url}/api/v1/query?${new URLSearchParams({ query }).toString()}`);
        expect([query, answer.status]).toEqual([query, 200]);
      }
    }, 120_000);
  });
});
