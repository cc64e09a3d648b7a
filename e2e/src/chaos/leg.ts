import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Shop } from '../shop.js';
import { poison, poisonKey } from './check-store.js';
import { check } from './checker.js';
import { ClusterSubject } from './cluster-subject.js';
import type { Target } from './fault-kinds.js';
import { make, type Stage } from './faults.js';
import { of, type Entry } from './history.js';
import { ANSWER_MS, Load } from './load.js';
import { Phone } from './phone.js';
import { Probes } from './probe.js';
import { Random } from './random.js';
import { readState } from './read-state.js';
import { ChaosReceiver } from './receiver.js';
import { RecordsOfBroker, RecordsOfTable, type Records } from './records.js';
import type { Leg } from './report.js';
import { comeToRest } from './rest.js';
import { hashOf, schedule, type Fault } from './schedule.js';
import { makeEndpoints } from './setting.js';
import { SingleSubject } from './single-subject.js';
import type { Subject } from './subject.js';

export interface LegOptions {
  readonly target: Target;
  readonly seed: number;
  readonly durationMs: number;
  /** In which a fresh payment has to go all the way again after a fault. */
  readonly recoveryMaxMs: number;
  readonly historyFile: string;
  readonly say: (line: string) => void;
  /** Ends what is under way, and the leg with it. */
  readonly stopping: AbortSignal;
}

/** What is under way at the end is waited for so long, then what is left is named. */
export const DRAIN_MAX_MS = 90_000;
/** More than is allowed, so that what comes too late is seen to come. */
const BACK_BEYOND_MS = 5_000;
const PROGRESS_MS = 10_000;
/** The longest way of a customer, each call as often as one is tried. */
const CALLS_END_MAX_MS = 120_000;
const topics = ['payments.commands', 'payments.events', 'credits.received', 'credits.events'];

/** One target under load and faults, then at rest, then judged; `null` when it was stopped before. */
export async function runLeg(options: LegOptions): Promise<Leg | null> {
  const { target, seed, durationMs, recoveryMaxMs, say, historyFile } = options;
  const history: Entry[] = [];
  const note = (entry: Entry): void => {
    history.push(entry);
    appendFileSync(historyFile, `${JSON.stringify(entry)}\n`);
  };
  const random = new Random(seed);
  const faults = schedule(seed, durationMs, target);
  say(`${target}: ${faults.length} faults in ${Math.round(durationMs / 1_000)} s, list ${hashOf(faults)}; starting it`);
  const receiver = await ChaosReceiver.start(random, note);
  let subject: Subject | undefined;
  let records: Records | undefined;
  try {
    const started = target === 'cluster' ? ClusterSubject.start(receiver.port) : SingleSubject.start(receiver.port);
    subject = await started;
    records =
      subject.broker === null
        ? new RecordsOfTable(urlOf(subject))
        : await RecordsOfBroker.start(subject.broker, topics);
    const shop = new Shop(subject.demo, subject.demo.merchant.liveKey, ANSWER_MS);
    const endpoints = await makeEndpoints(shop, receiver, subject.linkOf('dispatcher-receiver').link.port);
    const phone = new Phone(shop, note);
    const load = new Load({ subject, shop, phone, random, note });
    const probes = new Probes(shop, receiver, note);
    await makeAll(faults, { stage: { subject, records, receiver, phone }, note, ...options, history });
    await untilBack(probes, options);
    phone.isOver = true;
    const isOver = await Promise.race([
      Promise.all([load.end(), probes.end()]).then(() => true),
      sleep(CALLS_END_MAX_MS, false, { ref: false }),
    ]);
    if (options.stopping.aborted) return null;
    if (!isOver) say(`${target}: a call of the load has not ended; judged without it`);
    receiver.manner = 'kind';
    say(`${target}: the load has ended, ${load.count} payments; what is under way is waited for`);
    const rest = await comeToRest(subject.databaseUrl, DRAIN_MAX_MS);
    const state = {
      ...(await readState({ databaseUrl: subject.databaseUrl, shop }, history, endpoints)),
      refusedCommands: keysLogged(subject, poison(history).commands),
    };
    await receiver.stop();
    return {
      target,
      minutes: Math.round(durationMs / 600) / 100,
      scheduleHash: hashOf(faults),
      history,
      verdicts: check({ history, state, recoveryMaxMs }),
      payments: state.payments.length,
      unrest: rest.isAtRest ? null : JSON.stringify(rest.left),
    };
  } catch (error) {
    if (subject !== undefined) appendFileSync(`${historyFile}.log`, subject.log());
    throw error;
  } finally {
    await records?.stop();
    await subject?.stop();
    await receiver.stop();
  }
}

function keysLogged(subject: Subject, bad: readonly Fault[]): readonly string[] {
  return bad.map(({ no }) => poisonKey(no)).filter((key) => subject.hasLogged(key));
}

function urlOf(subject: Subject): () => string {
  return () => subject.databaseUrl;
}

interface Making extends LegOptions {
  readonly stage: Stage;
  readonly note: (entry: Entry) => void;
  readonly history: readonly Entry[];
}

/** Each at its time, whether or not those before it have ended; resolves when all have. */
async function makeAll(faults: readonly Fault[], { stage, note, stopping, ...rest }: Making): Promise<void> {
  const beganMs = Date.now();
  const { target, durationMs, say, history } = rest;
  const progress = setInterval(() => {
    const whole = of(history, 'probe').filter(({ isWhole }) => isWhole).length;
    const done = of(history, 'fault').length;
    const seconds = Math.round((Date.now() - beganMs) / 1_000);
    say(`${target}: ${seconds} s, ${done} faults, ${of(history, 'create').length} creates told, ${whole} probes whole`);
  }, PROGRESS_MS);
  try {
    const under = faults.map(async (fault) => {
      await wait(beganMs + fault.atMs, stopping);
      if (!stopping.aborted) note(await make(fault, stage));
    });
    await Promise.all([...under, wait(beganMs + durationMs, stopping)]);
  } finally {
    clearInterval(progress);
  }
}

async function wait(untilMs: number, signal: AbortSignal): Promise<void> {
  await sleep(Math.max(0, untilMs - Date.now()), undefined, { signal }).catch((error: Error) => {
    if (error.name !== 'AbortError') throw error;
  });
}

/** Until fresh payments go all the way again, or it is clear that they do not. */
async function untilBack(probes: Probes, { stopping, recoveryMaxMs }: LegOptions): Promise<void> {
  const endMs = Date.now();
  const isBack = (): boolean => probes.lastWholeBeganMs >= endMs;
  while (!isBack() && Date.now() < endMs + recoveryMaxMs + BACK_BEYOND_MS && !stopping.aborted) await sleep(100);
}
