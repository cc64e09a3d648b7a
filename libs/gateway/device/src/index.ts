export { noteRaised, unraisedAlerts, type UnraisedAlert } from './raised-alerts.store.js';
export { DeviceModule, type DeviceModuleOptions } from './device.module.js';
export { deviceMigrations } from './device.migrations.js';
export { deviceTables } from './device-tables.js';
export { deviceSettings } from './device.settings.js';
export { deviceLimits } from './device-message.js';
export { deviceApi } from './openapi/device.api.js';
