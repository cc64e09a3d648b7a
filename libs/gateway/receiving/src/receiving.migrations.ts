import { DeviceEnrolments1763690000010 } from './device-enrolments.migration.js';

/** What came after the tables that the rooms' first migrations made, before this room had a name. */
export const receivingMigrations = [DeviceEnrolments1763690000010];
