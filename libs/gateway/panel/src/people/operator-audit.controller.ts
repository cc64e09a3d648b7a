import { Readable } from 'node:stream';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { MerchantDirectory } from '@paymatch/gateway-access';
import { GATEWAY_DATABASE, sendAnswer } from '@paymatch/gateway-edge';
import type { AuditEntry, AuditFilter } from '@paymatch/gateway-people';
import type { Database } from '@paymatch/platform-postgres';
import { csvLine } from '../csv-answer.js';
import { PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { readId, readLimit } from '../panel-query.js';
import { accessOf } from '../panel-routes.js';
import { auditCells, auditColumns, auditPages, readAuditFilter, renderAuditEntry } from './audit.controller.js';

/** Who changed what, at every merchant and of the installation itself. */
@Controller('api/panel/v1/operator')
export class OperatorAuditController {
  private readonly directory: MerchantDirectory;

  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(GATEWAY_DATABASE) database: Database,
  ) {
    this.directory = new MerchantDirectory(database);
  }

  @Get('audit')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const filter = await this.admit(request, reply);
    const limit = readLimit((request.query as Readonly<Record<string, unknown>>)['limit']);
    const entries = await this.desk.people.audit.list({ ...filter, limit });
    const names = await this.namesOf(entries);
    const data = entries.map((entry) => {
      const { merchantId: id } = entry;
      return { ...renderAuditEntry(entry), merchant: id === null ? null : { id, name: names.get(id) ?? id } };
    });
    const next = entries.length < limit ? null : entries.at(-1)!.id;
    sendAnswer(reply, { status: 200, body: JSON.stringify({ data, next }) });
  }

  @Get('audit.csv')
  async export(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const filter = await this.admit(request, reply);
    await reply
      .header('content-type', 'text/csv; charset=utf-8')
      .header('content-disposition', 'attachment; filename="installation-audit.csv"')
      .send(Readable.from(this.lines(filter)));
  }

  private async *lines(filter: Omit<AuditFilter, 'limit'>): AsyncGenerator<string> {
    yield csvLine(['merchant', 'merchant name', ...auditColumns]);
    for await (const entries of auditPages(this.desk, filter)) {
      const names = await this.namesOf(entries);
      const nameOf = ({ merchantId: id }: AuditEntry): string => (id === null ? '' : (names.get(id) ?? ''));
      yield entries.map((entry) => csvLine([entry.merchantId ?? '', nameOf(entry), ...auditCells(entry)])).join('');
    }
  }

  private namesOf(entries: readonly AuditEntry[]): Promise<ReadonlyMap<string, string>> {
    return this.directory.namesOf(entries.flatMap(({ merchantId }) => (merchantId === null ? [] : [merchantId])));
  }

  private async admit(request: FastifyRequest, reply: FastifyReply): Promise<Omit<AuditFilter, 'limit'>> {
    const access = accessOf(request);
    if (access === null) throw new Error(`nobody has said who may call ${request.url}`);
    await this.desk.door.admitOperator(request, reply, access);
    return readAuditFilter(request, readId(request.query as Readonly<Record<string, unknown>>, 'merchant_id'));
  }
}
