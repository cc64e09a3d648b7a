/** What is put under chaos: docker-compose.yml as processes over Kafka, or everything in one process. */
export type Target = 'cluster' | 'single';

/** Something that runs, or a way between two of those. */
export type Part = string;

export interface FaultKind {
  readonly name: string;
  /** What it does, for the report. */
  readonly does: string;
  readonly weight: number;
  readonly parts: Readonly<Record<Target, readonly Part[]>>;
  /** How long it lasts, from and to. */
  readonly forMs: readonly [number, number];
  /** How strong it is; what that means is the kind's own matter. */
  readonly strength: readonly [number, number];
  /** Something is away meanwhile: others of these wait until it has had time to come back. */
  readonly isBreaking: boolean;
}

const services = ['payments', 'sms-matching', 'webhook-dispatch', 'api-gateway'] as const;
const processes = { cluster: [...services, 'postgres', 'kafka'], single: ['gateway', 'postgres'] } as const;
const ways = {
  cluster: [
    ...services.flatMap((service) => [`${service}-postgres`, `${service}-kafka`]),
    'client-gateway',
    'dispatcher-receiver',
  ],
  single: ['client-gateway', 'dispatcher-receiver'],
} as const;
const databases = { cluster: ['postgres'], single: ['postgres'] } as const;
const disks = { cluster: ['postgres', 'kafka'], single: ['postgres'] } as const;
const programs = { cluster: services, single: ['gateway'] } as const;
const topics = ['payments.commands', 'payments.events', 'credits.received', 'credits.events'] as const;
/** Within one process commands go from hand to hand, and their topic is nobody's. */
const topicsOfBoth = { cluster: topics, single: topics.filter((topic) => topic !== 'payments.commands') } as const;
const receiver = { cluster: ['receiver'], single: ['receiver'] } as const;
const phone = { cluster: ['phone'], single: ['phone'] } as const;
const once = [0, 0] as const;

function kind(
  name: string,
  does: string,
  {
    parts,
    forMs = once,
    strength = once,
    weight = 1,
    isBreaking = false,
  }: Partial<FaultKind> & Pick<FaultKind, 'parts'>,
): FaultKind {
  return { name, does, parts, forMs, strength, weight, isBreaking };
}

/** Every kind of fault. Their order and weights are part of what a seed means. */
export const faultKinds: readonly FaultKind[] = [
  kind('kill', 'kill -9', { parts: processes, weight: 4, isBreaking: true }),
  kind('restart', 'SIGTERM (the database: a fast stop), and started again', {
    parts: processes,
    weight: 3,
    isBreaking: true,
  }),
  kind('freeze', 'SIGSTOP, later SIGCONT', { parts: processes, weight: 3, forMs: [500, 4_000], isBreaking: true }),
  kind('unreachable', 'connections are cut and new ones refused', {
    parts: ways,
    weight: 2,
    forMs: [500, 3_000],
    isBreaking: true,
  }),
  kind('full-disk', 'the disk with the data has no byte left', {
    parts: disks,
    weight: 1,
    forMs: [1_000, 4_000],
    isBreaking: true,
  }),
  kind('clock-step', 'the clock of one process jumps (strength in s), later back', {
    parts: programs,
    weight: 1.5,
    forMs: [1_000, 5_000],
    strength: [-90, 90],
    isBreaking: true,
  }),
  kind('cut', 'all connections are cut once', { parts: ways, weight: 3 }),
  kind('half-close', 'one direction of every connection is closed, and 300 ms later the connection', {
    parts: ways,
    weight: 1,
  }),
  kind('delay', 'what is sent arrives later (strength in ms)', {
    parts: ways,
    weight: 3,
    forMs: [300, 2_500],
    strength: [10, 400],
  }),
  kind('throttle', 'so many KB a second and no more', {
    parts: ways,
    weight: 2,
    forMs: [300, 2_000],
    strength: [8, 64],
  }),
  kind('stall', 'nothing passes for a while', { parts: ways, weight: 2, forMs: [200, 1_500] }),
  kind('kill-session', 'one session of the database is ended', { parts: databases, weight: 1.5 }),
  kind('duplicate-records', 'the last records of a topic (strength) come again, in reverse order', {
    parts: topicsOfBoth,
    weight: 3,
    strength: [1, 12],
  }),
  kind('poison-record', 'a record of a topic that nobody can read', { parts: topicsOfBoth, weight: 0.3 }),
  kind('old-messages', 'the phone uploads its last messages (strength) again, in reverse order', {
    parts: phone,
    weight: 2,
    strength: [1, 20],
  }),
  kind('late-messages', 'the phone is offline, then uploads everything twice, the second time in reverse order', {
    parts: phone,
    weight: 1.5,
    forMs: [500, 4_000],
  }),
  ...(['slow', '500', '429', 'redirect', 'hang', 'cut', 'endless'] as const).map((way) =>
    kind(`receiver-${way}`, `the shop's server answers so: ${way}`, {
      parts: receiver,
      weight: 0.6,
      forMs: [300, 2_000],
    }),
  ),
];

export function kindNamed(name: string): FaultKind {
  const found = faultKinds.find((candidate) => candidate.name === name);
  if (found === undefined) throw new Error(`no kind of fault is called ${name}`);
  return found;
}
