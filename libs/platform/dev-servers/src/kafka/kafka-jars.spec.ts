import { KafkaBrokerMissing, prepareKafkaJars } from './kafka-jars.js';

describe('a machine without Java', () => {
  const pathBefore = process.env['PATH'];
  beforeEach(() => {
    process.env['PATH'] = '/nowhere';
  });
  afterEach(() => {
    process.env['PATH'] = pathBefore;
  });

  it('is told in one line what a broker needs', () => {
    expect(() => prepareKafkaJars('/nowhere')).toThrow(KafkaBrokerMissing);
    expect(() => prepareKafkaJars('/nowhere')).toThrow(/^Java 17 or newer is needed to run Apache Kafka: .*ENOENT/);
  });
});
