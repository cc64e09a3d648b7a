import { silentLogger } from '@paymatch/platform-observability';
import { CarrierUnavailable, ContractError, HandlerFault, RequestUnavailable } from '../errors.js';
import { encodeMessage } from '../message.codec.js';
import type { Message, WireMessage } from '../message.js';
import type { ParkingLot } from '../parking/parking-lot.js';
import { BatchRunner } from './batch-runner.js';
import { defaultRunnerSettings } from './runner-settings.js';

const settings = { ...defaultRunnerSettings, backoffFirstMs: 1, backoffMaxMs: 2, unreachableWaitMaxMs: 1 };

let position = 0;
function wireOf(id: string, change: Partial<WireMessage> = {}): WireMessage {
  const message: Message = {
    id,
    type: 'T',
    source: 's',
    key: id[0] as string,
    time: '2026-11-03T10:00:00Z',
    dataVersion: 1,
    correlationId: 'c',
    causationId: null,
    data: {},
  };
  position += 1;
  return { ...encodeMessage('topic', message), position: String(position), ...change };
}

/** The port's promises in memory; the same behaviour of the real one is shown in postgres-parking-lot.int.spec.ts. */
function memoryParkingLot() {
  const parked: { id: string; attempts: number; key: string }[] = [];
  const calls: string[] = [];
  const requested: string[] = [];
  const keys = (): string[] => [...new Set(parked.map((entry) => entry.key))];
  const lot = {
    blockedKeys: async (_: unknown, limit: number) => {
      calls.push('blockedKeys');
      return keys().slice(0, limit);
    },
    blockedAmong: async (_: unknown, among: readonly string[]) => {
      calls.push('blockedAmong');
      return keys().filter((key) => among.includes(key));
    },
    park: async (_: string, wire: WireMessage, failure: { attempts: number }) => {
      parked.push({ id: wire.headers['ce_id'] as string, key: wire.key, attempts: failure.attempts });
    },
    requestReplay: async ({ key }: { key: string }) => {
      requested.push(key);
      return 1;
    },
    parkBehind: async (_: string, wire: WireMessage) => {
      if (!keys().includes(wire.key)) return false;
      parked.push({ id: wire.headers['ce_id'] as string, key: wire.key, attempts: 0 });
      return true;
    },
  } as unknown as ParkingLot;
  return { lot, parked, calls, requested };
}

function setUp(
  failing: (id: string, attempt: number) => unknown,
  overrides: Partial<typeof settings> & { readonly isOrdered?: boolean } = {},
) {
  const memory = memoryParkingLot();
  const handled: string[] = [];
  const attempts = new Map<string, number>();
  const handle = async (batch: readonly Message[]): Promise<void> => {
    for (const message of batch) {
      attempts.set(message.id, (attempts.get(message.id) ?? 0) + 1);
      const fault = failing(message.id, attempts.get(message.id) as number);
      if (fault !== undefined) throw fault;
    }
    handled.push(...batch.map((message) => message.id));
  };
  const runner = new BatchRunner({
    group: 'svc.group',
    topic: 'topic',
    handle,
    parkingLot: memory.lot,
    logger: silentLogger,
    settings: { ...settings, ...overrides },
    dataVersionMax: 1,
    isOrdered: overrides.isOrdered ?? true,
  });
  return { ...memory, handled, attempts, runner };
}

describe('a batch whose handler succeeds', () => {
  it('is handed over whole and in order, and costs one look at the parking lot in all', async () => {
    const { runner, handled, calls } = setUp(() => undefined);
    await runner.run([wireOf('a1'), wireOf('b1'), wireOf('a2')]);
    await runner.run([wireOf('a3')]);
    expect(handled).toEqual(['a1', 'b1', 'a2', 'a3']);
    expect(calls).toEqual(['blockedKeys']);
  });
});

describe('a batch with one message that always fails', () => {
  it('parks that message after its attempts and the rest of its key behind it, while other keys go on', async () => {
    const { runner, handled, parked } = setUp((id) => (id === 'a2' ? new TypeError('bug') : undefined));
    await runner.run([wireOf('a1'), wireOf('a2'), wireOf('b1'), wireOf('a3'), wireOf('b2')]);
    expect(handled).toEqual(['a1', 'b1', 'b2']);
    expect(parked).toEqual([
      { id: 'a2', key: 'a', attempts: 5 },
      { id: 'a3', key: 'a', attempts: 0 },
    ]);
  });

  it('holds back that key in later batches without another look at the table for the others', async () => {
    const { runner, handled, parked, calls } = setUp((id) => (id === 'a1' ? new Error('bug') : undefined));
    await runner.run([wireOf('a1')]);
    await runner.run([wireOf('b1'), wireOf('a2'), wireOf('b2')]);
    expect(handled).toEqual(['b1', 'b2']);
    expect(parked.map((entry) => entry.id)).toEqual(['a1', 'a2']);
    expect(calls).toEqual(['blockedKeys']);
  });

  it('handles the key again once the parked message was replayed elsewhere', async () => {
    const { runner, handled, parked } = setUp((id) => (id === 'a1' ? new Error('bug') : undefined));
    await runner.run([wireOf('a1')]);
    parked.length = 0;
    await runner.run([wireOf('a2'), wireOf('a3'), wireOf('b1')]);
    expect(handled).toEqual(['b1', 'a2', 'a3']);
    expect(parked).toEqual([]);
  });
});

describe('a message that fails at first', () => {
  it('is handled when an attempt within the limit succeeds', async () => {
    const { runner, handled, parked } = setUp((id, attempt) =>
      id === 'a1' && attempt < 5 ? new Error('not yet') : undefined,
    );
    await runner.run([wireOf('a1'), wireOf('a2')]);
    expect(handled).toEqual(['a1', 'a2']);
    expect(parked).toEqual([]);
  });
});

describe('wrong bytes', () => {
  it('are parked at once, with the rest of their key behind them, and never reach the handler', async () => {
    const { runner, handled, parked, attempts } = setUp(() => undefined);
    await runner.run([wireOf('a1'), wireOf('a2', { value: Buffer.from([0xff]) }), wireOf('a3'), wireOf('b1')]);
    expect(handled).toEqual(['a1', 'b1']);
    expect(parked).toEqual([
      { id: 'a2', key: 'a', attempts: 1 },
      { id: 'a3', key: 'a', attempts: 0 },
    ]);
    expect([...attempts.keys()]).toEqual(['a1', 'b1']);
  });

  it('found by the handler are parked without further attempts', async () => {
    const { runner, parked } = setUp((id) => (id === 'a1' ? new ContractError('no amount') : undefined));
    await runner.run([wireOf('a1')]);
    expect(parked).toEqual([{ id: 'a1', key: 'a', attempts: 1 }]);
  });
});

describe('a database or broker that is away', () => {
  it.each([
    ['the database', Object.assign(new Error('refused'), { code: 'ECONNREFUSED' })],
    ['the broker', new CarrierUnavailable('no broker')],
    ['a service that gives no answer', new RequestUnavailable('deadline')],
  ])('is waited for and is no attempt: %s', async (_, fault) => {
    const { runner, handled, parked } = setUp((id, attempt) => (id === 'a1' && attempt < 20 ? fault : undefined));
    await runner.run([wireOf('a1')]);
    expect(handled).toEqual(['a1']);
    expect(parked).toEqual([]);
  });

  it('is not what a failing command handler is taken for', async () => {
    const { runner, parked } = setUp(() => new RequestUnavailable('failed', 1, { cause: new HandlerFault('bug') }));
    await runner.run([wireOf('a1')]);
    expect(parked.map((entry) => entry.id)).toEqual(['a1']);
  });

  it('does not keep a stop waiting; the batch is then delivered again', async () => {
    const { runner, parked } = setUp(() => new CarrierUnavailable('no broker'), { unreachableWaitMaxMs: 60_000 });
    const run = runner.run([wireOf('a1')]);
    setTimeout(() => runner.stop(), 5);
    await expect(run).rejects.toThrow();
    expect(parked).toEqual([]);
  });
});

function refusedByPostgres(code: string): Error {
  return Object.assign(new Error(`refused ${code}`), { severity: 'ERROR', code });
}

describe('PostgreSQL that refuses a message', () => {
  it.each(['40P01', '55P03', '57014', '42501', '42703', '25P03', '57P05', '40001'])(
    'is no attempt while the message waits for better surroundings: %s',
    async (code) => {
      const { runner, handled, parked } = setUp((id, attempt) =>
        id === 'a1' && attempt < 20 ? refusedByPostgres(code) : undefined,
      );
      await runner.run([wireOf('a1'), wireOf('b1')]);
      expect(handled).toEqual(['b1', 'a1']);
      expect(parked).toEqual([]);
    },
  );

  it('parks it in the end when others succeed meanwhile', async () => {
    const { runner, handled, parked } = setUp((id) => (id === 'a1' ? refusedByPostgres('42501') : undefined), {
      refusedAloneMs: 20,
    });
    await runner.run([wireOf('a1'), wireOf('b1')]);
    expect(handled).toEqual(['b1']);
    expect(parked.map((entry) => entry.id)).toEqual(['a1']);
  });

  it('is asked again for a message that was parked in doubt, once others show that the surroundings were bad', async () => {
    let isBroken = true;
    const { runner, handled, parked, requested } = setUp(() => (isBroken ? refusedByPostgres('42501') : undefined), {
      refusedUnclearMs: 5,
    });
    await runner.run([wireOf('a1')]);
    expect(parked.map((entry) => entry.id)).toEqual(['a1']);
    const second = runner.run([wireOf('b1')]);
    await untilWaiting(runner);
    isBroken = false;
    await second;
    expect(handled).toEqual(['b1']);
    expect(requested).toEqual(['a']);
  });
});

async function untilWaiting(runner: BatchRunner): Promise<void> {
  while (runner.waitingFor().length === 0) await new Promise((resolve) => setImmediate(resolve));
}

describe('a fault that all keys meet', () => {
  it('holds the consumer instead of parking them, until one succeeds; then what fails alone is parked', async () => {
    let isBroken = true;
    const { runner, handled, parked } = setUp((id) =>
      isBroken || id === 'b1' ? new TypeError(`no name in ${JSON.stringify(id)}`) : undefined,
    );
    const run = runner.run([wireOf('a1'), wireOf('b1'), wireOf('c1'), wireOf('d1')]);
    await untilWaiting(runner);
    await new Promise((resolve) => {
      setTimeout(resolve, 50);
    });
    expect(parked).toEqual([]);
    isBroken = false;
    await run;
    expect(handled.toSorted()).toEqual(['a1', 'c1', 'd1']);
    expect(parked.map((entry) => entry.id)).toEqual(['b1']);
    expect(runner.waitingFor()).toEqual([]);
  });

  it('is not taken for one when three bad messages stand before good ones', async () => {
    const { runner, handled, parked } = setUp((id) => (id < 'd' ? new TypeError('poison') : undefined));
    await runner.run(['a1', 'b1', 'c1', 'd1'].map((id) => wireOf(id)));
    expect(handled).toEqual(['d1']);
    expect(parked.map((entry) => entry.id).toSorted()).toEqual(['a1', 'b1', 'c1']);
  });

  it('parks them after a long time all the same, so that nobody can stop a consumer for good', async () => {
    const { runner, parked } = setUp(() => new TypeError('poison'), { alikeHoldMs: 20 });
    await runner.run(['a1', 'b1', 'c1'].map((id) => wireOf(id)));
    expect(parked.map((entry) => entry.id).toSorted()).toEqual(['a1', 'b1', 'c1']);
  });
});

describe('messages that need no order', () => {
  it('do not wait for one of their key that is parked', async () => {
    const { runner, handled, parked, calls } = setUp((id) => (id === 'a1' ? new TypeError('poison') : undefined), {
      isOrdered: false,
    });
    await runner.run([wireOf('a1'), wireOf('a2'), wireOf('b1', { value: Buffer.from([0xff]) }), wireOf('b2')]);
    await runner.run([wireOf('a3')]);
    expect(handled).toEqual(['a2', 'b2', 'a3']);
    expect(parked.map((entry) => entry.id).toSorted()).toEqual(['a1', 'b1']);
    expect(calls).toEqual([]);
  });
});

describe('keys parked by another instance', () => {
  it('are held back from the first batch after their ownership changed', async () => {
    const { runner, handled, parked } = setUp(() => undefined, { blockedRefreshMs: 60_000 });
    await runner.run([wireOf('a1')]);
    parked.push({ id: 'a2', key: 'a', attempts: 5 });
    runner.ownershipChanged();
    await runner.run([wireOf('a3'), wireOf('b1')]);
    expect(handled).toEqual(['a1', 'b1']);
    expect(parked.map((entry) => entry.id)).toEqual(['a2', 'a3']);
  });

  it('are asked for batch by batch when there are too many to remember', async () => {
    const { runner, handled, parked, calls } = setUp(() => undefined, { blockedKeysMax: 2 });
    parked.push(...['a', 'b', 'c'].map((key) => ({ id: `${key}0`, key, attempts: 5 })));
    await runner.run([wireOf('a1'), wireOf('d1')]);
    expect(handled).toEqual(['d1']);
    expect(parked.map((entry) => entry.id)).toContain('a1');
    expect(calls).toEqual(['blockedKeys', 'blockedAmong']);
  });
});

describe('a message that a program one step newer wrote', () => {
  it('is left to one of its version with what follows it, while others are handled; nothing is parked', async () => {
    const { runner, handled, parked } = setUp(() => undefined);
    const newer = wireOf('b1');
    const written = { ...newer, headers: { ...newer.headers, ce_dataschemaversion: '2' } };
    await expect(runner.run([wireOf('a1'), written, wireOf('b2'), wireOf('c1')])).rejects.toThrow('version 2 is newer');
    expect([handled, parked]).toEqual([['a1', 'c1'], []]);
    expect(runner.waitingFor()).toEqual([expect.stringContaining('waiting to be replaced by a newer program')]);
    await runner.run([wireOf('d1')]);
    expect(runner.waitingFor()).toEqual([]);
  });

  it('is no such thing when it is further ahead: that nobody of ours wrote, and it is parked', async () => {
    const { runner, parked } = setUp(() => undefined);
    const wire = wireOf('b1');
    await runner.run([{ ...wire, headers: { ...wire.headers, ce_dataschemaversion: '3' } }]);
    expect(parked.map(({ id }) => id)).toEqual(['b1']);
  });
});
