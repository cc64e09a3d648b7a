import type { Carrier } from '../message-bus.js';
import { fresh, type CarrierHarness } from './carrier-harness.js';
import { describeBadMessages } from './contract/bad-message.contract.js';
import type { CarrierRun } from './contract/carrier-run.js';
import { describeConsuming } from './contract/consuming.contract.js';
import { describeOutages } from './contract/outages.contract.js';
import { describePublishing } from './contract/publishing.contract.js';
import { describeRequests } from './contract/requests.contract.js';
import { describeVersions } from './contract/versions.contract.js';

/** What every carrier promises. A second one is held to it by one more call. */
export function describeCarrier(name: string, createHarness: () => Promise<CarrierHarness>): void {
  let harness: CarrierHarness;
  let topic: string;
  let group: string;
  const carriers: Carrier[] = [];
  const run: CarrierRun = {
    get harness() {
      return harness;
    },
    get topic() {
      return topic;
    },
    get group() {
      return group;
    },
    instance: async () => {
      const carrier = await harness.createCarrier();
      carriers.push(carrier);
      return carrier;
    },
    consume: (carrier, onBatch, change = {}) =>
      carrier.subscribe({ group, topics: [topic], from: 'beginning', batchSizeMax: 100, onBatch, ...change }),
  };

  describe(`the ${name} carrier`, () => {
    beforeAll(async () => {
      harness = await createHarness();
    }, 120_000);
    afterAll(() => harness?.stop(), 60_000);
    beforeEach(async () => {
      topic = fresh('topic');
      group = fresh('group');
      await harness.createTopic(topic);
    });
    afterEach(async () => {
      await Promise.all(carriers.splice(0).map((carrier) => carrier.stop(5_000)));
    });

    describePublishing(run);
    describeConsuming(run);
    describeBadMessages(run);
    describeVersions(run);
    describeOutages(run);
    describeRequests(run);
  });
}
