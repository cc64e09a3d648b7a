import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { randomUUID } from 'node:crypto';
import type { Database } from '@paymatch/platform-postgres';
import type { OutgoingMessage } from '../message.codec.js';
import type { Message, WireMessage } from '../message.js';
import type { Carrier } from '../message-bus.js';
import type { ParkingLot } from '../parking/parking-lot.js';

/** What the contract suite needs to know of a carrier: a broker to run against, and how to make instances on it. */
export interface CarrierHarness {
  /** A started instance. The suite stops it. */
  createCarrier(): Promise<Carrier>;
  /** Makes the topic with several partitions, where the carrier has such a thing. */
  createTopic(topic: string): Promise<void>;
  /** Puts bytes on a topic past the codec, as a foreign or a newer producer would. */
  publishRaw(topic: string, messages: readonly Omit<OutgoingMessage, 'topic'>[]): Promise<void>;
  /**
   * Kills the broker (or database) without warning; resolves when its next start has begun. It may take a while to
   * answer.
   */
  killBroker(): Promise<void>;
  /** Arguments of `crash-victim.ts` that make it an instance on the same broker. */
  readonly victimArguments: readonly string[];
  /** Whether commands reach a handler in another instance. */
  readonly requestsCrossInstances: boolean;
  /** A service's database with its parking lot, empty. */
  createService(): Promise<{ readonly database: Database; readonly parkingLot: ParkingLot }>;
  /** How long the group may take to notice a consumer that was killed. */
  readonly takeoverMs: number;
  stop(): Promise<void>;
}

let sequence = 0;

/** A name nobody used before, for topics and groups. */
export function fresh(kind: string): string {
  sequence += 1;
  return `${kind}.t${process.pid}-${sequence}-${randomUUID().slice(0, 8)}`;
}

export function messageOf(key: string, id: string, data: unknown = {}): Message {
  return {
    id,
    type: 'test.happened',
    source: 'test',
    key,
    time: new Date().toISOString(),
    dataVersion: 1,
    correlationId: id,
    causationId: null,
    data,
  };
}

export function idOf(wire: WireMessage): string {
  return wire.headers['ce_id'] as string;
}

export interface Victim {
  /** Ids of the messages whose effect the process has had. */
  readonly effects: readonly string[];
  kill(): Promise<void>;
}

/** A process of its own that consumes, has its effect, and never gets to store its place: to be killed in between. */
export async function startVictim(
  harness: CarrierHarness,
  subscription: { readonly topic: string; readonly group: string },
): Promise<Victim> {
  const args = [
    '-C',
    'paymatch-source',
    '-r',
    path.join(__dirname, 'register-typescript.cjs'),
    path.join(__dirname, 'crash-victim.ts'),
    subscription.topic,
    subscription.group,
    ...harness.victimArguments,
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
  });
  const effects: string[] = [];
  const lines = createInterface({ input: child.stdout });
  await new Promise<void>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the victim ended by itself: ${code}`)));
    lines.on('line', (line) => (line === 'ready' ? resolve() : effects.push(line)));
  });
  return {
    effects,
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
