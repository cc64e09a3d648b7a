export { FastaarModule } from './fastaar.module.js';
export { fastaarFace } from './fastaar.errors.js';
export { fastaarMigrations } from './fastaar.migrations.js';
export { fastaarSettings, type FastaarSettings } from './fastaar.settings.js';
export { fastaarApi } from './openapi/fastaar.api.js';
