import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';

const PACKAGE_DIR = path.resolve(__dirname, '../..');
const POM = path.join(PACKAGE_DIR, 'pom.xml');
const JAVA_MIN = 17;
const MAVEN_TIMEOUT_MS = 600_000;

/** Where the jars are kept between runs: `.cache/kafka` of the workspace. */
export const defaultKafkaCacheDir = path.resolve(PACKAGE_DIR, '../../../.cache/kafka');

/** What a broker on this machine lacks, in one line. */
export class KafkaBrokerMissing extends Error {
  override readonly name = 'KafkaBrokerMissing';
}

/** The folder with the broker's jars; Maven fetches them the first time. Throws `KafkaBrokerMissing`. */
export function prepareKafkaJars(cacheDir: string = defaultKafkaCacheDir): string {
  requireJava();
  const jars = path.join(cacheDir, createHash('sha256').update(readFileSync(POM)).digest('hex').slice(0, 16));
  if (existsSync(jars)) return jars;
  mkdirSync(cacheDir, { recursive: true });
  // Fetched beside its place: neither an interrupted nor a second fetch leaves half a folder.
  const unfinished = `${jars}.${process.pid}`;
  const maven = spawnSync(
    'mvn',
    [
      '-B',
      '-q',
      '-f',
      POM,
      'dependency:copy-dependencies',
      '-DincludeScope=runtime',
      `-DoutputDirectory=${unfinished}`,
    ],
    { encoding: 'utf8', timeout: MAVEN_TIMEOUT_MS },
  );
  if (maven.error !== undefined)
    throw new KafkaBrokerMissing(`Maven (mvn) is needed to fetch Apache Kafka: ${maven.error.message}`);
  if (maven.status !== 0) {
    rmSync(unfinished, { recursive: true, force: true });
    throw new KafkaBrokerMissing(
      `Maven could not fetch Apache Kafka: ${lastErrorOf(`${maven.stdout}\n${maven.stderr}`)}`,
    );
  }
  if (existsSync(jars)) rmSync(unfinished, { recursive: true, force: true });
  else renameSync(unfinished, jars);
  return jars;
}

function requireJava(): void {
  const java = spawnSync('java', ['-version'], { encoding: 'utf8', timeout: 30_000, env: process.env });
  if (java.error !== undefined)
    throw new KafkaBrokerMissing(`Java ${JAVA_MIN} or newer is needed to run Apache Kafka: ${java.error.message}`);
  const version = /version "(\d+)/.exec(java.stderr)?.[1];
  if (version === undefined || Number(version) < JAVA_MIN)
    throw new KafkaBrokerMissing(
      `Java ${JAVA_MIN} or newer is needed to run Apache Kafka, this is ${version ?? 'unknown'}`,
    );
}

function lastErrorOf(output: string): string {
  return (
    output
      .split('\n')
      .find((line) => line.includes('[ERROR]'))
      ?.replace('[ERROR]', '')
      .trim() ?? 'no reason given'
  );
}
