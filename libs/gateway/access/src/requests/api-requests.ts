import { newId } from '@paymatch/contracts';
import type { Asker } from '@paymatch/gateway-edge';
import type { Clock } from '@paymatch/platform-observability';
import type { Database, KeptTable } from '@paymatch/platform-postgres';

export const API_REQUESTS = Symbol('ApiRequests');

/** At once in memory; they are written together, every second. */
const WAITING_MAX = 1_000;
/** Of one merchant and mode in one batch, so that one server's errors leave room for the others'. */
const ERRORS_MAX = 100;

/** A request by a key, as it was answered. */
export interface ApiRequest {
  readonly asker: Asker;
  readonly at: Date;
  /** As in `X-Request-Id`. */
  readonly requestId: string;
  readonly method: string;
  /** Without its query. */
  readonly path: string;
  readonly status: number;
  readonly errorCode: string | null;
  readonly durationMs: number;
}

export type ListedApiRequest = Omit<ApiRequest, 'asker'> &
  Pick<Asker, 'keyId' | 'keyName'> & {
    readonly id: string;
  };

export interface ApiRequestFilter {
  readonly merchantId: string;
  readonly livemode: boolean;
  /** Of these answers only. */
  readonly from: number;
  readonly to: number;
  /** Older than this one. */
  readonly after: string | null;
  readonly limit: number;
}

export const keptApiRequests: KeptTable = {
  table: 'gateway.api_requests',
  isOld: 'at < $1',
  keptMs: 7 * 86_400_000,
};

/**
 * The last requests of each merchant's keys: every error, and of what went well one a second in each mode. Nobody waits
 * for it: what does not fit, or cannot be written, is left out and counted.
 */
export class ApiRequests {
  private waiting: ApiRequest[] = [];
  private kept = new Map<string, { errors: number; successes: number }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly countDropped: (count: number) => void,
  ) {}

  note(request: Omit<ApiRequest, 'at'>): void {
    const { merchantId, livemode } = request.asker;
    const key = `${merchantId} ${livemode}`;
    const counts = this.kept.get(key) ?? { errors: 0, successes: 0 };
    const isError = request.status >= 400;
    if (!isError && counts.successes > 0) return;
    if (this.waiting.length >= WAITING_MAX || counts.errors >= ERRORS_MAX) return this.countDropped(1);
    if (isError) counts.errors += 1;
    else counts.successes += 1;
    this.kept.set(key, counts);
    this.waiting.push({ ...request, at: new Date(this.clock.nowMs()) });
  }

  /** Writes what waits, in one statement. */
  async flush(): Promise<void> {
    const batch = this.waiting;
    if (batch.length === 0) return;
    this.waiting = [];
    this.kept = new Map();
    try {
      await this.insert(batch);
    } catch (error) {
      this.countDropped(batch.length);
      throw error;
    }
  }

  /** Newest first. */
  async list(filter: ApiRequestFilter): Promise<readonly ListedApiRequest[]> {
    const { rows } = await this.database.query<Row>(
      `SELECT id, at, request_id, key_id, key_name, method, path, status, error_code, duration_ms
         FROM gateway.api_requests
        WHERE merchant_id = $1 AND livemode = $2 AND status BETWEEN $3 AND $4 AND ($5::uuid IS NULL OR id < $5)
        ORDER BY id DESC LIMIT $6`,
      [filter.merchantId, filter.livemode, filter.from, filter.to, filter.after, filter.limit],
    );
    return rows.map(toListed);
  }

  private async insert(batch: readonly ApiRequest[]): Promise<void> {
    await this.database.query(
      `INSERT INTO gateway.api_requests (id, merchant_id, livemode, at, request_id, key_id, key_name, method, path,
         status, error_code, duration_ms)
       SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::boolean[], $4::timestamptz[], $5::text[], $6::uuid[],
         $7::text[], $8::text[], $9::text[], $10::int[], $11::text[], $12::int[])`,
      [
        batch.map(({ at }) => newId(at.getTime())),
        batch.map(({ asker }) => asker.merchantId),
        batch.map(({ asker }) => asker.livemode),
        batch.map(({ at }) => at),
        batch.map(({ requestId }) => requestId),
        batch.map(({ asker }) => asker.keyId),
        batch.map(({ asker }) => asker.keyName),
        batch.map(({ method }) => method),
        batch.map(({ path }) => path),
        batch.map(({ status }) => status),
        batch.map(({ errorCode }) => errorCode),
        batch.map(({ durationMs }) => durationMs),
      ],
    );
  }
}

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly request_id: string;
  readonly key_id: string;
  readonly key_name: string | null;
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly error_code: string | null;
  readonly duration_ms: number;
}

function toListed(row: Row): ListedApiRequest {
  const { id, at, method, path, status } = row;
  return {
    ...{ id, at, method, path, status },
    requestId: row.request_id,
    keyId: row.key_id,
    keyName: row.key_name,
    errorCode: row.error_code,
    durationMs: row.duration_ms,
  };
}
