export { accessEntities } from './access.entities.js';
export { accessMigrations } from './access.migrations.js';
export * from './access.module.js';
export * from './access.ports.js';
export * from './access.settings.js';
export * from './access-stores.js';
export * from './caller-gate.js';
export { credentialPurposes } from './oauth/credential-purposes.js';
export * from './oauth/oauth.ports.js';
