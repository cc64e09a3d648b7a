export { PanelModule, panelFace, type PanelOptions } from './panel.module.js';
export { panelApi } from './openapi/panel.api.js';
