import { Controller, Get, Inject, Patch, Req, Res } from '@nestjs/common';
import { Validate } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ReviewSettings } from '@paymatch/contracts';
import { dataAnswer, FieldConstraint, readFields, sendAnswer } from '@paymatch/gateway-edge';
import { admit, askCredits, PANEL_DESK, type PanelDesk } from './panel-desk.js';
import { integerRule, orNull } from './panel.rules.js';

export class ReviewSettingsDto {
  @Validate(FieldConstraint, [orNull(integerRule('message_wait_minutes', 1, 10_080))])
  message_wait_minutes?: number | null;

  @Validate(FieldConstraint, [orNull(integerRule('messages_kept_days', 7, 3_650))])
  messages_kept_days?: number | null;
}

/** When what waits becomes a person's concern, and for how long messages are kept. */
@Controller('api/panel/v1/review-settings')
export class ReviewSettingsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async show(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    const settings = await askCredits<ReviewSettings>(
      this.desk,
      { type: 'GetReviewSettings', merchantId, livemode },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderReviewSettings(settings)));
  }

  @Patch()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    const { message_wait_minutes: minutes, messages_kept_days: days } = readFields(request, ReviewSettingsDto);
    const settings = await askCredits<ReviewSettings>(
      this.desk,
      {
        ...{ type: 'SetReviewSettings', merchantId, livemode },
        ...(minutes !== undefined && { messageWaitMinutes: minutes }),
        ...(days !== undefined && { messagesKeptDays: days }),
      },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderReviewSettings(settings)));
  }
}

export function renderReviewSettings({
  messageWaitMinutes,
  installationMinutes,
  messagesKeptDays = null,
}: ReviewSettings): object {
  return {
    message_wait_minutes: messageWaitMinutes,
    installation_message_wait_minutes: installationMinutes,
    messages_kept_days: messagesKeptDays,
  };
}
