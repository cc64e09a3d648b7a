/** Short, so that tests need not wait long for a killed consumer's partitions; the test broker allows it. */
export const KAFKA_SESSION_TIMEOUT_MS = 2_000;
