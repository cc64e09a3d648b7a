import { Agent, request } from 'undici';
import type { Clock } from '@paymatch/platform-observability';
import { isRate } from './conversion.js';
import type { ExchangeQuote, ExchangeSource } from './exchange.ports.js';

export interface PtaxOptions {
  /** e.g. `https://olinda.bcb.gov.br/olinda/servico/PTAX/versao/v1/odata`. */
  readonly baseUrl: string;
  readonly timeoutMs: number;
}

/**
 * Longer than any run of days without trading (Carnival, Christmas with a weekend), and the most that is ever asked
 * for.
 */
const DAYS_BACK = 10;
const ANSWER_BYTES_MAX = 64 * 1024;
const DAY_MS = 86_400_000;
/** Brasília has had no daylight saving since 2019 (Decreto 9.772). */
const BRASILIA_OFFSET_MS = -3 * 3_600_000;
const LOCAL_TIME = /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})(\.\d{1,6})?$/;

/**
 * The dollar's closing rates of the Banco Central (PTAX, Olinda OData service, `CotacaoDolarPeriodo`). One request asks
 * for the last days together: days without trading simply have no row, and the newest row counts. `cotacaoVenda` is
 * what a dollar costs who buys it.
 */
export class PtaxSource implements ExchangeSource {
  readonly isPerMerchant = false;
  private readonly agent: Agent;

  constructor(
    private readonly options: PtaxOptions,
    private readonly clock: Clock,
  ) {
    const { timeoutMs } = options;
    this.agent = new Agent({
      connect: { timeout: timeoutMs },
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
      connections: 2,
      maxResponseSize: ANSWER_BYTES_MAX,
    });
  }

  async latest(baseCurrency: string): Promise<ExchangeQuote | null> {
    if (baseCurrency !== 'USD') return null;
    const nowMs = this.clock.nowMs();
    const url =
      `${this.options.baseUrl}/CotacaoDolarPeriodo(dataInicial=@dataInicial,dataFinalCotacao=@dataFinalCotacao)` +
      `?@dataInicial='${brasiliaDay(nowMs - DAYS_BACK * DAY_MS)}'&@dataFinalCotacao='${brasiliaDay(nowMs)}'&$orderby=dataHoraCotacao%20desc&$top=${DAYS_BACK}&$format=json`;
    // The agent's timeouts each begin anew; this one is over everything.
    const { statusCode, body } = await request(url, {
      dispatcher: this.agent,
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(this.options.timeoutMs),
    });
    if (statusCode !== 200) {
      await body.dump();
      throw new Error(`the PTAX service answered ${statusCode}`);
    }
    return newestQuote(await body.json());
  }

  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

function newestQuote(answer: unknown): ExchangeQuote | null {
  const rows = (answer as { readonly value?: unknown } | null)?.value;
  if (!Array.isArray(rows)) throw new Error('the PTAX service answered something else than a list of rates');
  let newest: ExchangeQuote | null = null;
  for (const row of rows) {
    const quote = toQuote(row as Readonly<Record<string, unknown>> | null);
    if (newest === null || quote.quotedAt > newest.quotedAt) newest = quote;
  }
  return newest;
}

/** Rates have five decimals, which a float gives back as they were. */
function toQuote(row: Readonly<Record<string, unknown>> | null): ExchangeQuote {
  const rate = String(row?.cotacaoVenda);
  const local = LOCAL_TIME.exec(String(row?.dataHoraCotacao));
  const utcMs =
    local === null ? Number.NaN : Date.parse(`${local[1]}T${local[2]}${local[3] ?? ''}Z`) - BRASILIA_OFFSET_MS;
  if (!isRate(rate) || Number.isNaN(utcMs))
    throw new Error(`the PTAX service answered a row that is no rate: ${JSON.stringify(row)}`);
  return { baseCurrency: 'USD', rate, source: 'bcb-ptax', quotedAt: new Date(utcMs).toISOString() };
}

/** The service takes days as `MM-DD-YYYY`. */
function brasiliaDay(ms: number): string {
  const [year, month, day] = new Date(ms + BRASILIA_OFFSET_MS).toISOString().slice(0, 10).split('-');
  return `${month}-${day}-${year}`;
}
