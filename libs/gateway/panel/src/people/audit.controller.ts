import { Readable } from 'node:stream';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import type { AuditEntry, AuditFilter } from '@paymatch/gateway-people';
import { csvLine } from '../csv-answer.js';
import { admit, PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { readId, readLimit } from '../panel-query.js';

const PAGE = 500;
const EXPORTED_MAX = 100_000;
const ACTION = /^[\p{L}\p{N} .:/_-]{1,100}$/u;

/** Who changed what at the merchant. */
@Controller('api/panel/v1')
export class AuditController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get('audit')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId } = await admit(this.desk, { request, reply });
    const limit = readLimit((request.query as Readonly<Record<string, unknown>>)['limit']);
    const entries = await this.desk.people.audit.list({ ...readAuditFilter(request, merchantId), limit });
    const next = entries.length < limit ? null : entries.at(-1)!.id;
    sendAnswer(reply, { status: 200, body: JSON.stringify({ data: entries.map(renderAuditEntry), next }) });
  }

  /** All of it, newest first, page by page as it is read. */
  @Get('audit.csv')
  async export(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId } = await admit(this.desk, { request, reply });
    const filter = readAuditFilter(request, merchantId);
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="audit.csv"')
      .send(Readable.from(this.lines(filter)));
  }

  private async *lines(filter: Omit<AuditFilter, 'limit'>): AsyncGenerator<string> {
    yield csvLine(auditColumns);
    for await (const entries of auditPages(this.desk, filter))
      yield entries.map((entry) => csvLine(auditCells(entry))).join('');
  }
}

/** Newest first, page by page as it is read. */
export async function* auditPages(
  desk: PanelDesk,
  filter: Omit<AuditFilter, 'limit'>,
): AsyncGenerator<readonly AuditEntry[]> {
  let after = filter.after;
  for (let sent = 0; sent < EXPORTED_MAX; sent += PAGE) {
    const entries = await desk.people.audit.list({ ...filter, after, limit: PAGE });
    if (entries.length > 0) yield entries;
    if (entries.length < PAGE) return;
    after = entries.at(-1)!.id;
  }
}

export const auditColumns = [
  'at (UTC)',
  'mode',
  'who',
  'address',
  'action',
  'subject',
  'before',
  'after',
  'reason',
  'status',
];

export function auditCells(entry: AuditEntry): readonly string[] {
  const text = (value: unknown): string => (value === null ? '' : JSON.stringify(value));
  return [
    entry.at.toISOString(),
    modeOf(entry) ?? '',
    entry.who,
    entry.address,
    entry.action,
    entry.subject ?? '',
    text(entry.before),
    text(entry.after),
    entry.reason ?? '',
    String(entry.status ?? ''),
  ];
}

export function readAuditFilter(request: FastifyRequest, merchantId: string | null): Omit<AuditFilter, 'limit'> {
  const query = request.query as Readonly<Record<string, unknown>>;
  const { action = null } = query;
  if (action !== null && !(typeof action === 'string' && ACTION.test(action)))
    throw validationProblem({ action: ['Send an action as the list shows it.'] });
  return { merchantId, action, userId: readId(query, 'user_id'), after: readId(query, 'after') };
}

function modeOf({ livemode }: AuditEntry): 'live' | 'test' | null {
  return livemode === null ? null : livemode ? 'live' : 'test';
}

export function renderAuditEntry(entry: AuditEntry): object {
  return {
    id: entry.id,
    at: entry.at.toISOString(),
    mode: modeOf(entry),
    who: { user_id: entry.userId, key_id: entry.keyId, name: entry.who },
    address: entry.address,
    action: entry.action,
    subject: entry.subject,
    before: entry.before,
    after: entry.after,
    reason: entry.reason,
    request_id: entry.requestId,
    status: entry.status,
  };
}
