export { DeviceModule, type DeviceModuleOptions } from './device.module.js';
export { deviceMigrations } from './device.migrations.js';
export { deviceSettings } from './device.settings.js';
export { forwarderToken, signDeviceRequest, signSmsGateRequest } from './device-signature.js';
export { deviceLimits } from './device-message.js';
export { DEVICE_ALERTS, type DeviceAlerts, type DeviceStanding } from './device-watch.js';
export type { DeviceAlert } from './device-alerts.store.js';
export { deviceEnrolmentUrl, forwarderUrls, type ForwarderUrls } from './device-addresses.js';
