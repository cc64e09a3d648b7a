import type { Database } from '@paymatch/platform-postgres';
import { Refusal } from '../errors.js';
import { COLUMNS, toParked, type ParkedRow } from './parked-row.js';
import type { ParkedMessage } from './parking-lot.js';
import { PostgresParkingLot } from './postgres-parking-lot.js';

const LIST_MAX = 100;
const BEHIND_MAX = 1_000;
/** Larger than any message of ours; of a larger one the beginning is shown. */
const VALUE_MAX_BYTES = 262_144;
const decisions = ['replay', 'replay-order', 'discard'] as const;

/** What a person asks of the parked messages of one service. */
export type ParkingWish =
  | {
      readonly type: 'ListAllParked';
      readonly status: 'parked' | 'discarded';
      readonly limit: number;
      readonly before: number | null;
    }
  | { readonly type: 'DecideAnyParked'; readonly id: number; readonly decision: (typeof decisions)[number] };

export interface HeldMessage extends Omit<ParkedMessage, 'value'> {
  /** Of its bytes, as far as they are text. */
  readonly text: string;
  /** How many wait behind it, counted up to 1,000. */
  readonly behindCount: number;
}

/** What those who run an installation see of a service's parked messages, and decide about them. */
export class ParkingDesk<View> {
  private readonly lot: PostgresParkingLot;
  private readonly table: string;

  constructor(
    private readonly database: Database,
    private readonly view: (held: HeldMessage) => View,
  ) {
    this.lot = new PostgresParkingLot(database);
    this.table = `"${database.schema}".parked_messages`;
  }

  async handle(wish: ParkingWish): Promise<readonly View[] | View> {
    if (wish.type === 'ListAllParked') {
      const { status, limit, before } = wish;
      if (!isCount(limit, LIST_MAX) || (before !== null && !isCount(before, Number.MAX_SAFE_INTEGER)))
        throw new Refusal('INVALID_COMMAND', { limit, before });
      if (status !== 'parked' && status !== 'discarded') throw new Refusal('INVALID_COMMAND', { status });
      return (await this.read({ status, limit, before, id: null })).map(this.view);
    }
    const { id, decision } = wish;
    if (!isCount(id, Number.MAX_SAFE_INTEGER)) throw new Refusal('INVALID_COMMAND', { id });
    if (!decisions.includes(decision)) throw new Refusal('INVALID_COMMAND', { decision });
    return this.view(await this.decide(id, decision));
  }

  private async decide(id: number, decision: (typeof decisions)[number]): Promise<HeldMessage> {
    const [found] = await this.read({ status: 'parked', limit: 1, before: null, id });
    // What only waits is no matter of its own: it would be tried before its turn.
    if (found === undefined) throw new Refusal('PARKED_NOT_FOUND', { id });
    const { group, topic, key } = found;
    if (decision === 'discard') await this.lot.discard(id);
    else if (decision === 'replay') await this.lot.requestReplay({ id });
    else await this.lot.requestReplay({ group, topic, key });
    const [decided] = await this.read({ status: null, limit: 1, before: null, id });
    if (decided === undefined) throw new Refusal('PARKED_NOT_FOUND', { id });
    return decided;
  }

  /** Of those that are parked: what failed by itself, and what stands first in its order. */
  private async read(page: {
    readonly status: 'parked' | 'discarded' | null;
    readonly limit: number;
    readonly before: number | null;
    readonly id: number | null;
  }): Promise<readonly HeldMessage[]> {
    const { table } = this;
    const ofOrder = `status = 'parked' AND group_name = held.group_name AND topic = held.topic AND key = held.key`;
    const { rows } = await this.database.query<ParkedRow & { behind: number }>(
      `SELECT ${COLUMNS.replace(' value,', ` substring(value FROM 1 FOR ${VALUE_MAX_BYTES}) AS value,`)},
         (SELECT count(*) FROM (
            SELECT FROM ${table} WHERE ${ofOrder} AND id > held.id AND attempts = 0 LIMIT ${BEHIND_MAX}) AS counted
         ) AS behind
       FROM ${table} AS held
       WHERE ($1::text IS NULL OR status = $1) AND ($2::bigint IS NULL OR id < $2) AND ($3::bigint IS NULL OR id = $3)
         AND ($1::text IS DISTINCT FROM 'parked' OR attempts > 0
              OR NOT EXISTS (SELECT FROM ${table} WHERE ${ofOrder} AND id < held.id))
       ORDER BY id DESC LIMIT $4`,
      [page.status, page.before, page.id, page.limit],
    );
    return rows.map((row) => {
      const { value: _value, ...parked } = toParked(row);
      return { ...parked, text: row.value.toString('utf8'), behindCount: row.status === 'parked' ? row.behind : 0 };
    });
  }
}

function isCount(value: unknown, max: number): boolean {
  return Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= max;
}
