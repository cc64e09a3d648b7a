import { KafkaBrokerMissing, prepareKafkaJars } from './broker/kafka-jars.js';
import { describeCarrier } from './testing/carrier-contract.js';
import { createKafkaHarness } from './testing/kafka-harness.js';

const missing = whatIsMissing();

function whatIsMissing(): string | undefined {
  try {
    prepareKafkaJars();
    return undefined;
  } catch (error) {
    if (error instanceof KafkaBrokerMissing) return error.message;
    throw error;
  }
}

if (missing === undefined) {
  describeCarrier('Kafka', createKafkaHarness);
} else {
  describe('the Kafka carrier', () => {
    const isRequired = process.env['REQUIRE_KAFKA'] === '1';
    (isRequired ? it : it.skip)(`is tried against a real broker, which cannot be had here: ${missing}`, () => { throw new Error(missing); });
    if (!isRequired) process.stderr.write(`Kafka is not tested: ${missing}\n`);
  });
}
