export * from './event-store.js';
export { ClaimConflict, DuplicateCommand, UnstorableEvent, VersionConflict } from './event-store.errors.js';
export * from './event-store.migration.js';
export * from './stored-event.js';
