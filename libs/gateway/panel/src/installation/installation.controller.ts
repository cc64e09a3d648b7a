import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import path from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { BookPage, ProcessStanding, UnknownText } from '@paymatch/contracts';
import { dataAnswer, sendAnswer } from '@paymatch/gateway-edge';
import type { ShownSetting } from '@paymatch/platform-config';
import { renderMessage } from '../credit.view.js';
import { askCredits, PANEL_DESK, type PanelDesk } from '../panel-desk.js';
import { readId, readLimit } from '../panel-query.js';
import { accessOf } from '../panel-routes.js';
import { PROCESSES, type ProcessesStore } from './processes.store.js';
import { backupAdvice, figuresOf, isSpeaking, lagsOf, parkedOf, type MadeBackup } from './standings.js';

export interface InstallationOptions {
  readonly shownSettings?: readonly ShownSetting[];
  readonly embeddedBackups?: () => readonly MadeBackup[];
}

export const INSTALLATION_OPTIONS = Symbol('InstallationOptions');

/** How the installation stands, for whoever runs it. */
@Controller('api/panel/v1/operator')
export class InstallationController {
  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(PROCESSES) private readonly processes: ProcessesStore,
    @Inject(INSTALLATION_OPTIONS) private readonly options: InstallationOptions,
  ) {}

  @Get('services')
  async services(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.operator(request, reply);
    const nowMs = this.desk.clock.nowMs();
    const [standings, database] = await Promise.all([this.processes.list(), this.processes.figures()]);
    const speaking = standings.filter((one) => isSpeaking(one, nowMs));
    sendAnswer(
      reply,
      dataAnswer(200, {
        services: standings.flatMap((one) => servicesOf(one, speaking.includes(one))),
        lags: lagsOf(speaking),
        database: {
          version: database.version,
          size_bytes: database.sizeBytes,
          oldest_transaction_seconds: figuresOf(speaking, 'paymatch_oldest_write_transaction_seconds')
            .map(({ value }) => Math.round(value))
            .reduce((a, b) => Math.max(a, b), 0),
        },
        parked: parkedOf(speaking),
        at: new Date(nowMs).toISOString(),
      }),
    );
  }

  @Get('backups')
  async backups(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.operator(request, reply);
    const { embeddedBackups } = this.options;
    const made = embeddedBackups?.() ?? [];
    const [newest] = made;
    sendAnswer(
      reply,
      dataAnswer(200, {
        kind: embeddedBackups === undefined ? 'own' : 'embedded',
        folder: newest === undefined ? null : path.dirname(newest.folder),
        backups: made.map(({ at, endedAt, verifiedAt, bytes, major }) => ({
          at,
          size_bytes: bytes,
          version: major,
          took_seconds: Math.round((Date.parse(endedAt) - Date.parse(at)) / 1_000),
          verified_at: verifiedAt ?? null,
        })),
        advice_code: embeddedBackups === undefined ? 'own' : backupAdvice(made, this.desk.clock.nowMs()),
      }),
    );
  }

  @Get('settings')
  async settings(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.operator(request, reply);
    const shown = (this.options.shownSettings ?? [])
      .filter(({ isSecret }) => !isSecret)
      .map(({ name, doc: about, value, default: usual }) => ({ name, value, default: usual, about }));
    sendAnswer(reply, dataAnswer(200, shown));
  }

  @Get('unknown-texts')
  async unknownTexts(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.operator(request, reply);
    const query = request.query as Readonly<Record<string, unknown>>;
    const { items, next } = await askCredits<BookPage<UnknownText>>(
      this.desk,
      { type: 'ListUnknownTexts', after: readId(query, 'after'), limit: readLimit(query['limit']) },
      { correlationId: request.id },
    );
    const names = await this.processes.merchantNames(items.map(({ merchantId }) => merchantId));
    const data = items.map((text) => ({
      merchant: { id: text.merchantId, name: names.get(text.merchantId) ?? '' },
      livemode: text.livemode,
      ...renderMessage(text),
    }));
    sendAnswer(reply, { status: 200, body: JSON.stringify({ data, next }) });
  }

  private async operator(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    await this.desk.door.admitOperator(request, reply, accessOf(request)!);
  }
}

function servicesOf({ services, problems, ready, ...one }: ProcessStanding, speaks: boolean): readonly object[] {
  return services.map((name) => ({
    name,
    instance: one.instance,
    version: one.version,
    since: one.since,
    told_at: one.at,
    ready: ready && speaks,
    reasons: speaks ? problems : ['silent'],
  }));
}
