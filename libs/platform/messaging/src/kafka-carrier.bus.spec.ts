import { describeCarrier } from './testing/carrier-contract.js';
import { createKafkaHarness } from './testing/kafka-harness.js';
import { describeWithKafka } from './testing/require-kafka.js';

describeWithKafka('the Kafka carrier', () => describeCarrier('Kafka', createKafkaHarness));
