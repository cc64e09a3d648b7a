import { Controller, Get, Inject, Post, Req, Res } from '@nestjs/common';
import { Validate } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { dataAnswer, FieldConstraint, readFields, sendAnswer } from '@paymatch/gateway-edge';
import { actorOf, admit, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { lineRule } from './panel.rules.js';
import { existing } from './payment-lists.controller.js';
import type { PaymentNote } from './payment-notes.store.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

export class NoteDto {
  @Validate(FieldConstraint, [lineRule('text', 1_000)]) text!: string;
}

/** What people write on a payment, for each other. */
@Controller('api/panel/v1/payments')
export class PaymentNotesController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get(':id/notes')
  async list(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { id: paymentId, merchantId, livemode } = await existing(this.desk, caller, request.params.id);
    const notes = await this.desk.notes.list({ merchantId, livemode, paymentId });
    sendAnswer(reply, dataAnswer(200, notes.map(renderNote)));
  }

  @Post(':id/notes')
  async add(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { text } = readFields(request, NoteDto);
    const { id: paymentId, merchantId, livemode } = await existing(this.desk, caller, request.params.id);
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const note = { id: operationId, author: actorOf(caller), text, now: new Date(this.desk.clock.nowMs()) };
      return dataAnswer(201, renderNote(await this.desk.notes.add({ merchantId, livemode, paymentId }, note)));
    });
  }
}

function renderNote({ id, author, text, createdAt }: PaymentNote): object {
  return { id, author, text, created_at: createdAt };
}
