import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { poisonKey } from './check-store.js';
import type { DoneFault } from './history.js';
import type { Weather } from './link.js';
import type { Phone } from './phone.js';
import { signalAll, untilGone } from './processes.js';
import type { ChaosReceiver, Manner } from './receiver.js';
import type { Records } from './records.js';
import type { Fault } from './schedule.js';
import type { Subject } from './subject.js';

export interface Stage {
  readonly subject: Subject;
  readonly records: Records;
  readonly receiver: ChaosReceiver;
  readonly phone: Phone;
}

/** A half-closed connection is ended after this long by its client, who has not said all. */
const HALF_CLOSED_MS = 300;
/** Longer than anything may take to stop in order. */
const GONE_MS = 35_000;

type Doer = (fault: Fault, stage: Stage) => Promise<void>;

/** Says why a fault could not be made. */
class Missed extends Error {}

async function end(fault: Fault, { subject }: Stage, signal: NodeJS.Signals): Promise<void> {
  const [pid] = subject.pidsOf(fault.part);
  if (pid === undefined) throw new Missed(`${fault.part} does not run just now`);
  signalAll([pid], signal);
  // One that stops in order may still listen for a while: only what comes after it is what came back.
  await untilGone(pid, GONE_MS);
  await subject.isBack(fault.part);
}

async function under({ part, forMs }: Fault, { subject }: Stage, weather: Weather): Promise<void> {
  const { link, client } = subject.linkOf(part);
  const end = link.begin(client, weather);
  await sleep(forMs);
  end();
}

function receiverIs(manner: Manner): Doer {
  return async ({ forMs }, { receiver }) => {
    receiver.manner = manner;
    await sleep(forMs);
    // Another such fault may have begun meanwhile.
    if (receiver.manner === manner) receiver.manner = 'kind';
  };
}

const doers: Readonly<Record<string, Doer>> = {
  kill: (fault, stage) => end(fault, stage, 'SIGKILL'),
  restart: (fault, stage) => end(fault, stage, fault.part === 'postgres' ? 'SIGINT' : 'SIGTERM'),
  freeze: async ({ part, forMs }, { subject }) => {
    const pids = subject.pidsOf(part);
    if (pids.length === 0) throw new Missed(`${part} does not run just now`);
    signalAll(pids, 'SIGSTOP');
    await sleep(forMs);
    signalAll(pids, 'SIGCONT');
  },
  unreachable: async (fault, stage) => {
    const { link, client } = stage.subject.linkOf(fault.part);
    const closed = under(fault, stage, { isClosed: true });
    link.cut(client);
    await closed;
  },
  'full-disk': async ({ part, forMs }, { subject }) => {
    const disk = subject.diskOf(part);
    if (typeof disk === 'string') throw new Missed(disk);
    disk.fill();
    await sleep(forMs);
    disk.makeRoom();
    await subject.isBack(part === 'gateway' ? 'postgres' : part);
  },
  'clock-step': async ({ part, forMs, strength }, { subject }) => {
    subject.setClock(part, strength * 1_000);
    await sleep(forMs);
    subject.setClock(part, 0);
  },
  cut: ({ part }, { subject }) => {
    const { link, client } = subject.linkOf(part);
    link.cut(client);
    return Promise.resolve();
  },
  'half-close': async ({ part }, { subject }) => {
    const { link, client } = subject.linkOf(part);
    link.halfClose(client);
    await sleep(HALF_CLOSED_MS);
    link.cut(client);
  },
  delay: (fault, stage) => under(fault, stage, { delayMs: fault.strength }),
  throttle: (fault, stage) => under(fault, stage, { kilobytesPerSecond: fault.strength }),
  stall: (fault, stage) => under(fault, stage, { isStalled: true }),
  'kill-session': async (_fault, { subject }) => {
    const client = new Client({ connectionString: subject.databaseUrl, connectionTimeoutMillis: 2_000 });
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
          WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1`,
      );
    } finally {
      await client.end();
    }
  },
  'duplicate-records': async ({ part, strength }, { records }) => {
    if ((await records.repeat(part, strength)) === 0) throw new Missed(`nothing has come on ${part} yet`);
  },
  'poison-record': ({ no, part }, { records }) => records.poison(part, poisonKey(no)),
  'old-messages': async ({ strength }, { phone }) => phone.uploadAgain(strength),
  'late-messages': async ({ forMs }, { phone }) => {
    phone.goOffline();
    await sleep(forMs);
    await phone.comeBack();
  },
  ...Object.fromEntries(
    (['slow', '500', '429', 'redirect', 'hang', 'cut', 'endless'] as const).map((manner) => [
      `receiver-${manner}`,
      receiverIs(manner),
    ]),
  ),
};

/** Makes one fault; what was done, from when to when. */
export async function make(fault: Fault, stage: Stage): Promise<DoneFault> {
  const fromMs = Date.now();
  const doer = doers[fault.kind];
  if (doer === undefined) throw new Error(`nobody knows how to make a fault of kind ${fault.kind}`);
  let missed: string | null = null;
  try {
    await doer(fault, stage);
  } catch (error) {
    // What is broken by another fault cannot always be broken by this one, too; the report counts these apart.
    missed = (error as Error).message;
  }
  return { type: 'fault', fault, fromMs, toMs: Date.now(), missed };
}

export const doable: ReadonlySet<string> = new Set(Object.keys(doers));
