import { KafkaBrokerMissing, prepareKafkaJars } from '@paymatch/platform-dev-servers';
import { measureBus, type WayTimes } from './bus-hops.js';
import { latency, percentile, type Report } from './report.js';
import { withCluster, withStandalone } from './running-system.js';
import { hopNames, measureHops, type HopTimes } from './system-hops.js';

/**
 * How long each hop takes, in one process and in the cluster over Kafka: black box over HTTP, then the carriers by
 * themselves. One line per hop as a row of a Markdown table, so that docs/explanation/hops.md can be brought up to date
 * from it.
 */
export async function run(): Promise<Report> {
  const missing = missingForKafka();
  const embedded = await withStandalone({}, measureHops);
  const cluster = missing === null ? await withCluster({ 'api-gateway': 2, payments: 2 }, measureHops) : null;
  const bus = await measureBus(missing === null);
  return {
    lines: [
      ...(missing === null ? [] : [`Kafka is not measured: ${missing}`]),
      'p50 / p99 ms (how many)',
      '| hop | one process | cluster over Kafka |',
      '|---|---|---|',
      ...hopNames.map((name) => `| ${name} | ${cell(embedded[name])} | ${cell(cluster?.[name])} |`),
      ...processRows(embedded, cluster),
      '',
      '| way | one caller | 16 callers |',
      '|---|---|---|',
      ...wayRows('CreatePayment to committed reply,', bus.commands),
      ...wayRows('a command whose handler does nothing,', bus.echoes),
      ...wayRows('a fact, publish to its reader,', bus.facts),
    ],
    targets: [
      {
        name: 'one process: SMS to completed p99, ms',
        value: percentile(embedded['SMS sent → read as completed'], 0.99),
        atMost: 150,
      },
    ],
  };
}

function missingForKafka(): string | null {
  try {
    prepareKafkaJars();
    return null;
  } catch (error) {
    if (error instanceof KafkaBrokerMissing) return error.message;
    throw error;
  }
}

const cell = (times: readonly number[] | undefined): string =>
  times === undefined ? '–' : `${latency(times)} (${times.length})`;

function processRows(embedded: HopTimes, cluster: HopTimes | null): readonly string[] {
  const perSecond = (times: HopTimes | null): string => (times === null ? '–' : times.sixteenPerSecond.toFixed(0));
  return [`| creates a second, 16 callers | ${perSecond(embedded)} | ${perSecond(cluster)} |`];
}

const wayRows = (what: string, times: WayTimes): readonly string[] =>
  [...times].map(([name, [one, sixteen]]) => `| ${what} ${name} | ${cell(one)} | ${cell(sixteen)} |`);
