import { TestClocks1763750000010 } from './test-clock/test-clocks.migration.js';

export const fastaarMigrations = [TestClocks1763750000010];
