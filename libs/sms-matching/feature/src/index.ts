export { SmsMatchingModule, type SmsMatchingOptions } from './sms-matching.module.js';
export { smsMatchingEntities, smsMatchingMigrations } from './schema/sms-matching.migrations.js';
export { smsMatchingSettings } from './sms-matching.settings.js';
export { smsMatchingService } from './sms-matching.service.js';
