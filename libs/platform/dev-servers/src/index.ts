export * from './free-port.js';
export * from './kafka/broker-settings.js';
export * from './kafka/kafka-broker.js';
export * from './kafka/kafka-jars.js';
export {
  backUpEmbeddedPostgres,
  notedBackups,
  pruneBackups,
  type Backup,
  type NotedBackup,
} from './postgres/embedded-backup.js';
export * from './postgres/embedded-postgres.js';
export * from './postgres/embedded-postgres-error.js';
export { restoreEmbeddedPostgres } from './postgres/embedded-restore.js';
