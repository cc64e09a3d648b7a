import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { parkingServices, type AnyParkedMessage, type DecideAnyParked, type ListAllParked } from '@paymatch/contracts';
import { dataAnswer, readFields, sendAnswer } from '@paymatch/gateway-edge';
import { CarrierUnavailable, RequestUnavailable } from '@paymatch/platform-messaging';
import {
  admitOperator,
  askParking,
  notFound,
  PANEL_DESK,
  post,
  type PanelDesk,
  type ParkingService,
} from '../panel-desk.js';
import { ReplayParkedDto, WhyDto } from '../panel.dto.js';
import { readLimit, readWord } from '../panel-query.js';
import { renderWhatWasParked } from '../parked-messages.controller.js';
import { inOwnName } from '../people/operator.controller.js';
import { PROCESSES, type ProcessesStore } from './processes.store.js';
import { nextOf, parkedId, readParkedId, readPositions, shownOf, type Found } from './parked-pages.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;
/** A list waits no longer for a service that is away: the others have something to say. */
const LIST_TIMEOUT_MS = 3_000;

/** What the services could not take, of every merchant, for whoever runs the installation. */
@Controller('api/panel/v1/operator/parked-messages')
export class OperatorParkedMessagesController {
  constructor(
    @Inject(PANEL_DESK) private readonly desk: PanelDesk,
    @Inject(PROCESSES) private readonly processes: ProcessesStore,
  ) {}

  @Get()
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await admitOperator(this.desk, { request, reply });
    const query = request.query as Readonly<Record<string, unknown>>;
    const only = readWord(query, 'service', parkingServices);
    const status = readWord(query, 'status', ['parked', 'discarded']) ?? 'parked';
    const limit = readLimit(query['limit']);
    const positions = readPositions(query['after']);
    const answers = await Promise.all(
      (only === null ? parkingServices : [only]).map(async (service): Promise<Found> => {
        const page = { status, limit, before: positions.get(service) ?? null };
        return { service, messages: await this.ask(service, page, request.id) };
      }),
    );
    const shown = shownOf(answers, limit);
    const names = await this.processes.merchantNames(shown.flatMap(({ message: { merchantId } }) => merchantId ?? []));
    const body = {
      data: shown.map(({ service, message }) => renderAnyParked(service, message, names)),
      next: nextOf({ answers, shown, positions, limit }),
      meta: { silent: answers.filter(({ messages }) => messages === null).map(({ service }) => service) },
    };
    sendAnswer(reply, { status: 200, body: JSON.stringify(body) });
  }

  /** Another try, which the service is about to make: at this one, or at all of its order. */
  @Post(':id/replay')
  async replay(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.decide({ request, reply }, () =>
      readFields(request, ReplayParkedDto).whole_order === true ? 'replay-order' : 'replay',
    );
  }

  /** No more tries: what waits behind it goes on. It stays where a person can see it. */
  @Post(':id/discard')
  async discard(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.decide({ request, reply }, () => {
      readFields(request, WhyDto);
      return 'discard';
    });
  }

  private async decide(
    { request, reply }: { readonly request: IdRequest; readonly reply: FastifyReply },
    read: () => DecideAnyParked['decision'],
  ): Promise<void> {
    const session = await admitOperator(this.desk, { request, reply });
    const decision = read();
    const parked = readParkedId(request.params.id);
    if (parked === null) throw notFound();
    const { service, id } = parked;
    await post(this.desk, { request, reply, caller: inOwnName(session) }, async (operationId) => {
      const command = { type: 'DecideAnyParked', id, decision } as const;
      const asked = { operationId, correlationId: request.id };
      const message = await askParking<AnyParkedMessage>(this.desk, { service, command }, asked);
      const names = await this.processes.merchantNames(message.merchantId === null ? [] : [message.merchantId]);
      return dataAnswer(200, renderAnyParked(service, message, names));
    });
  }

  /** `null`: it does not answer for now. */
  private async ask(
    service: ParkingService,
    page: Omit<ListAllParked, 'type'>,
    correlationId: string,
  ): Promise<readonly AnyParkedMessage[] | null> {
    const command = { type: 'ListAllParked', ...page } as const;
    const asked = { correlationId, timeoutMs: LIST_TIMEOUT_MS };
    try {
      return await askParking<readonly AnyParkedMessage[]>(this.desk, { service, command }, asked);
    } catch (error) {
      if (error instanceof RequestUnavailable || error instanceof CarrierUnavailable) return null;
      throw error;
    }
  }
}

function renderAnyParked(
  service: ParkingService,
  message: AnyParkedMessage,
  names: ReadonlyMap<string, string>,
): object {
  const { merchantId } = message;
  return {
    id: parkedId(service, message.id),
    service,
    consumer_group: message.group,
    topic: message.topic,
    order_key: message.key,
    status: message.status,
    type: message.messageType,
    merchant: merchantId === null ? null : { id: merchantId, name: names.get(merchantId) ?? '' },
    livemode: message.livemode,
    ...renderWhatWasParked(message),
    behind: message.behindCount,
  };
}
