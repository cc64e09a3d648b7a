export * from './access.ports.js';
