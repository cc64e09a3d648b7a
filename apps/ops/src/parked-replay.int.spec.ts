import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { newId, topics, type MessageReceived } from '@paymatch/contracts';
import { encodeMessage, PostgresParkingLot } from '@paymatch/platform-messaging';
import { createTestDatabase, eventually, type TestDatabase } from '@paymatch/platform-testing';
import { smsMatchingService } from '@paymatch/sms-matching-feature';

const { name: service, schema, migrations } = smsMatchingService;
const merchantId = newId();
const key = `${merchantId}:01711111111`;

let test: TestDatabase;
let lot: PostgresParkingLot;
const children: ChildProcess[] = [];

beforeEach(async () => {
  test = await createTestDatabase({ schema, migrations });
  lot = new PostgresParkingLot(test.database);
});
afterEach(async () => {
  await Promise.all(children.splice(0).map(kill));
  await test.drop();
});

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGKILL');
  await once(child, 'exit');
}

/** A process of this workspace's sources. */
function run(file: string, args: readonly string[]): ChildProcess & { readonly output: () => string } {
  const child = spawn(
    process.execPath,
    [
      ...['-C', 'paymatch-source'],
      ...['-r', path.join(__dirname, '../../../libs/platform/messaging/src/testing/register-typescript.cjs')],
      path.join(__dirname, file),
      ...args,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, DATABASE_URL: test.url } },
  );
  children.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  return Object.assign(child, { output: () => output });
}

async function startMatching(): Promise<ChildProcess> {
  const child = run('testing/matching-process.ts', [test.url]);
  await eventually(
    () => {
      if (child.exitCode !== null) throw new Error(child.output());
      expect(child.output()).toContain('ready');
    },
    { timeoutMs: 60_000 },
  );
  return child;
}

async function ops(...args: readonly string[]): Promise<{ readonly code: number; readonly output: string }> {
  const child = run('main.ts', args);
  const [code] = (await once(child, 'close')) as [number];
  return { code, output: child.output() };
}

/** Parks what a phone brought, as if every look at it had failed. */
async function park(trxId: string, changes: Partial<MessageReceived> = {}): Promise<void> {
  const rawId = newId();
  const data: MessageReceived = {
    type: 'credits.message-received',
    rawId,
    merchantId,
    livemode: true,
    deviceId: 'phone-1',
    seq: 1,
    sender: 'bKash',
    body:
      `You have received Tk 500.00 from 01822222222. Fee Tk 0.00. Balance Tk 2,231.40. TrxID ${trxId} at 14/08/2026 ` +
      '11:09',
    simSlot: 1,
    wallets: [{ id: newId(), provider: 'bkash', number: '01711111111', accountType: 'personal', toleranceMinor: 0 }],
    sentAt: null,
    receivedAt: '2026-08-14T05:09:30.000Z',
    arrivedAt: '2026-08-14T05:10:00.000Z',
    ...changes,
  };
  const message = encodeMessage(topics.creditsReceived.name, {
    id: rawId,
    type: data.type,
    source: 'test',
    key,
    time: data.arrivedAt,
    dataVersion: 1,
    correlationId: rawId,
    causationId: null,
    data,
  });
  await lot.park('sms-matching.credits', { ...message, position: '0:0' }, { error: 'TypeError: bug', attempts: 5 });
}

async function column(query: string): Promise<readonly unknown[]> {
  const { rows } = await test.database.query<{ value: unknown }>(query);
  return rows.map(({ value }) => value);
}

const creditsByTrxId = 'SELECT trx_id AS value FROM sms_matching.credits ORDER BY trx_id';
const countStored = 'SELECT count(*) AS value FROM sms_matching.raw_messages';

describe('ops parked', () => {
  it('lists, shows, has the running service take messages again, and gives up what stays bad', async () => {
    await park('DHE0000001');
    await park('DHE0000002', { body: 7 as unknown as string });
    await park('DHE0000003');
    const [, bad] = await lot.list({});
    const badId = String(bad!.id);
    expect((await ops('parked', 'list', '--service', service)).output.match(/TypeError: bug/g)).toHaveLength(3);
    expect((await ops('parked', 'show', badId, '--service', service)).output).toContain('\\"body\\":7');
    await startMatching();

    const all = await ops('parked', 'replay', '--all', '--service', service);
    expect(all.output).toContain(`${service}: 3 messages asked for, 1 still parked`);
    expect(all.code).toBe(1);
    expect(await column(creditsByTrxId)).toEqual(['DHE0000001', 'DHE0000003']);

    const one = await ops('parked', 'replay', badId, '--service', service);
    expect(one.output).toMatch(new RegExp(`1 messages asked for, 1 still parked\\n${service}\\t${badId}\\t.*Error: `));
    expect((await ops('parked', 'discard', badId, '--service', service)).code).toBe(0);
    expect(await ops('parked', 'list', '--service', service)).toEqual({ code: 0, output: 'nothing is parked\n' });
    expect(await ops('parked', 'replay', '--key', key, '--service', service)).toEqual({
      code: 0,
      output: `${service}: nothing to replay\n`,
    });
    expect(await column(countStored)).toEqual([2]);
  }, 180_000);

  it('ends its replay although the service dies in the middle of it, and counts no money twice', async () => {
    for (const trxId of ['DHE0000001', 'DHE0000002', 'DHE0000003']) await park(trxId);
    const victim = await startMatching();
    const foreign = await test.database.connection();
    try {
      // The second message's handler has stored it and waits here, in its transaction.
      // Longer than anything takes on a busy machine.
      await foreign.query('SET idle_in_transaction_session_timeout = 0');
      await foreign.query('BEGIN');
      await foreign.query(
        `INSERT INTO sms_matching.credits (credit_id, merchant_id, livemode, provider, wallet_id, wallet_number,
          trx_id, slot_key, amount_minor, currency,
           tolerance_minor, received_at, status, created_at)
         VALUES ($1, $2, true, 'bkash', '', '01711111111', 'DHE0000002', 'DHE0000002', 1, 'BDT', 0, now(), 'open',
           now())`,
        [newId(), merchantId],
      );
      const asked = ops('parked', 'replay', '--key', key, '--service', service);
      await eventually(async () => expect(await column(creditsByTrxId)).toEqual(['DHE0000001']), { timeoutMs: 60_000 });
      await eventually(
        async () =>
          expect(
            await column(
              `SELECT 1 AS value FROM pg_stat_activity WHERE datname = current_database()
                AND wait_event_type = 'Lock'`,
            ),
          ).toEqual([1]),
        { timeoutMs: 20_000 },
      );
      await kill(victim);
      expect((await lot.list({})).map(({ replayRequestedAt }) => replayRequestedAt !== null)).toEqual([true, true]);
      await foreign.query('ROLLBACK');
      await startMatching();
      expect(await asked).toEqual({ code: 0, output: `${service}: 3 messages asked for, 0 still parked\n` });
    } finally {
      foreign.release();
    }
    expect(await column(creditsByTrxId)).toEqual(['DHE0000001', 'DHE0000002', 'DHE0000003']);
    expect(await column(countStored)).toEqual([3]);
    expect(await lot.list({ status: 'replayed' })).toHaveLength(3);
  }, 180_000);
});
