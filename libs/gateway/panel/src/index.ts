export { PanelModule, panelFace, type PanelOptions } from './panel.module.js';
