export * from './read-models.ports.js';
