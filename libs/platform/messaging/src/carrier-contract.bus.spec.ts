import { describeCarrier } from './testing/carrier-contract.js';
import { createEmbeddedHarness } from './testing/embedded-harness.js';

describeCarrier('embedded', () => createEmbeddedHarness());
