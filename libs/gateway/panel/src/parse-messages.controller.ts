import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import { RouteConfig } from '@nestjs/platform-fastify';
import { Validate } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccountType, MessageReading } from '@paymatch/contracts';
import { dataAnswer, FieldConstraint, readFields, sendAnswer, type RouteMarks } from '@paymatch/gateway-edge';
import { admit, askCredits, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { messagesRule } from './parse-messages.rule.js';

export class ParseMessagesDto {
  @Validate(FieldConstraint, [messagesRule])
  messages!: readonly {
    readonly provider?: string | null;
    readonly account: AccountType;
    readonly sender: string;
    readonly body: string;
    readonly received_at?: string | null;
  }[];
}

/** For trying texts against the templates: nothing is stored, nothing is credited. */
@Controller('api/panel/v1/parse-messages')
export class ParseMessagesController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Post()
  @HttpCode(200)
  @RouteConfig({ isBodyTolerant: true } satisfies RouteMarks)
  async parse(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId } = await admit(this.desk, { request, reply });
    const { messages } = readFields(request, ParseMessagesDto);
    const readings = await askCredits<readonly MessageReading[]>(
      this.desk,
      {
        type: 'ParseMessages',
        merchantId,
        messages: messages.map(({ provider, account, sender, body, received_at: receivedAt = null }) => ({
          account,
          sender,
          body,
          receivedAt,
          ...(typeof provider === 'string' && { provider }),
        })),
      },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, readings));
  }
}
