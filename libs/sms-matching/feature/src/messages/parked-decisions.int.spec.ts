import { newId, topics, type DecideParkedMessage, type ParkedMessage } from '@paymatch/contracts';
import { MatchingWorld, merchantId } from '../testing/matching-world.js';

let world: MatchingWorld;
beforeAll(async () => {
  world = await MatchingWorld.create();
});
afterAll(() => world.drop());

async function parked(): Promise<number> {
  const value = Buffer.from(JSON.stringify({ type: 'credits.message-received', livemode: true, body: 'x' }));
  const { rows } = await world.database.query<{ id: number }>(
    `INSERT INTO sms_matching.parked_messages (group_name, topic, key, message_id, headers, value, position, error,
      attempts)
     VALUES ('g', $1, $2, $4, '{}', $3, '0:1', 'TypeError: poison', 5) RETURNING id`,
    [topics.creditsReceived.name, `${merchantId}:${newId()}`, value, newId()],
  );
  return rows[0]!.id;
}

const decide = async (id: number, change: Partial<DecideParkedMessage> = {}): Promise<ParkedMessage> =>
  (await world.command({
    type: 'DecideParkedMessage',
    merchantId,
    livemode: true,
    id,
    decision: 'discard',
    ...change,
  })) as ParkedMessage;

describe('a parked message', () => {
  it('is asked for once more, then given up for good, by its own merchant in its own mode alone', async () => {
    const id = await parked();
    for (const other of [{ merchantId: newId() }, { livemode: false }, { id: id + 1 }])
      await expect(decide(id, other)).rejects.toMatchObject({ code: 'PARKED_NOT_FOUND' });
    expect(await decide(id, { decision: 'replay' })).toMatchObject({ id, status: 'parked', isReplayRequested: true });
    expect(await decide(id)).toMatchObject({ id, status: 'discarded', body: 'x' });
    await expect(decide(id)).rejects.toMatchObject({ code: 'PARKED_NOT_FOUND' });
    await expect(decide(id, { decision: 'burn' as never })).rejects.toMatchObject({ code: 'INVALID_COMMAND' });
  });
});
