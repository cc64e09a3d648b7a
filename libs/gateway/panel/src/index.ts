export { PanelModule, panelFace, type PanelOptions } from './panel.module.js';
export { readers as readersOfBefore } from './audit/what-was-before.js';
export { panelApi } from './openapi/panel.api.js';
export { ownRoutes, PANEL_PREFIX, panelRoutes } from './panel-routes.js';
export { panelMigrations } from './payment-notes.store.js';
export { ProcessesStore } from './installation/processes.store.js';
export { backupAdvice, isSpeaking, lagsOf, parkedOf, type MadeBackup } from './installation/standings.js';
