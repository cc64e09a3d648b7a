/** One topic: its name, how many partitions it is made with, and how long it keeps messages (`null` = for ever). */
export interface TopicSettings {
  readonly name: string;
  readonly partitions: number;
  readonly retentionMs: number | null;
}

const DAY_MS = 86_400_000;

/** Every topic of the system. The order inside a key is the only order anybody may rely on. */
export const topics = {
  paymentsCommands: { name: 'payments.commands', partitions: 12, retentionMs: 7 * DAY_MS },
  /** Kept for ever: a new consumer starts from the beginning. */
  paymentsEvents: { name: 'payments.events', partitions: 12, retentionMs: null },
  paymentsRefusals: { name: 'payments.refusals', partitions: 12, retentionMs: 30 * DAY_MS },
  creditsReceived: { name: 'credits.received', partitions: 12, retentionMs: 30 * DAY_MS },
  creditsCommands: { name: 'credits.commands', partitions: 12, retentionMs: 7 * DAY_MS },
  creditsEvents: { name: 'credits.events', partitions: 12, retentionMs: null },
  webhooksCommands: { name: 'webhooks.commands', partitions: 12, retentionMs: 7 * DAY_MS },
  webhooksEvents: { name: 'webhooks.events', partitions: 12, retentionMs: 30 * DAY_MS },
  /** How each process stands: what is old says nothing. */
  processesStanding: { name: 'processes.standing', partitions: 1, retentionMs: 3_600_000 },
  replies: { name: 'replies', partitions: 6, retentionMs: 3_600_000 },
} as const satisfies Record<string, TopicSettings>;

/** Version written as `ce_dataschemaversion`; a reader parks what is newer than it knows. */
export const contractVersion = 1;
