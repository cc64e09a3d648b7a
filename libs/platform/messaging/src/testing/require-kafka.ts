import { KafkaBrokerMissing, prepareKafkaJars } from '@paymatch/platform-dev-servers';

/**
 * Runs `suite` where a real broker can be had; elsewhere says why not, which `REQUIRE_KAFKA=1` turns into a failure.
 */
export function describeWithKafka(name: string, suite: () => void): void {
  const missing = whatIsMissing();
  if (missing === undefined) {
    suite();
    return;
  }
  const isRequired = process.env['REQUIRE_KAFKA'] === '1';
  describe(name, () => {
    (isRequired ? it : it.skip)(`needs a real broker, which cannot be had here: ${missing}`, () => {
      throw new Error(missing);
    });
  });
  if (!isRequired) process.stderr.write(`${name} is not tested: ${missing}\n`);
}

function whatIsMissing(): string | undefined {
  try {
    prepareKafkaJars();
    return undefined;
  } catch (error) {
    if (error instanceof KafkaBrokerMissing) return error.message;
    throw error;
  }
}
