import { Controller, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import { Validate } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  alarmDetailFields,
  alarmSigner,
  webhookAlarmTypes,
  type AlarmQuietHours,
  type WebhookAlarmContactsView,
  type WebhookAlarmView,
  type WebhookSecretView,
} from '@paymatch/contracts';
import {
  dataAnswer,
  described,
  FieldConstraint,
  fieldsOf,
  json,
  readFields,
  sendAnswer,
  type FieldRule,
} from '@paymatch/gateway-edge';
import { admit, askWebhooks, openedSecret, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { spelledIn } from './payment-spelling.js';
import { NoFieldsDto } from './panel.dto.js';
import { readId, readLimit, readWord } from './panel-query.js';
import { optional, orNull, webhookUrlRule } from './panel.rules.js';
import { ownerOf } from './webhook-endpoints.controller.js';

/** What makes an address is webhook-dispatch's to say. */
const emailsRule: FieldRule = described(
  json.list(json.text({ maxLength: 254, examples: ['ops@shop.example.com'] }), { maxItems: 10 }),
  (value) =>
    Array.isArray(value) && value.length <= 10 && value.every((item) => typeof item === 'string' && item.length <= 254)
      ? null
      : 'Send a list of at most 10 mail addresses.',
);

/** Whether these are times of a day and a zone is webhook-dispatch's to say. */
const quietHoursRule: FieldRule = described(
  json.object(
    {
      from: json.text({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', examples: ['22:00'] }),
      to: json.text({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', examples: ['07:00'] }),
      zone: json.text({ maxLength: 64, examples: ['Asia/Dhaka'] }),
    },
    { additionalProperties: false },
  ),
  (value) => {
    const { from, to, zone, ...rest } = fieldsOf(value);
    const areTexts = [from, to, zone].every((text) => typeof text === 'string' && text.length <= 64);
    return areTexts && Object.keys(rest).length === 0
      ? null
      : 'Send {"from": "22:00", "to": "07:00", "zone": "Asia/Dhaka"}, or null for none.';
  },
);

export class AlarmContactsDto {
  @Validate(FieldConstraint, [optional(emailsRule)]) emails?: readonly string[];
  @Validate(FieldConstraint, [orNull(webhookUrlRule)]) url?: string | null;
  @Validate(FieldConstraint, [orNull(quietHoursRule)]) quiet_hours?: AlarmQuietHours | null;
}

/** What is wrong with the merchant's webhooks, and who is told. */
@Controller('api/panel/v1')
export class WebhookAlarmsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  /** Newest first; `before` is the id of the last one that one has. */
  @Get('webhook-alarms')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const query = request.query as Readonly<Record<string, unknown>>;
    const views = await askWebhooks<readonly WebhookAlarmView[]>(
      this.desk,
      {
        type: 'ListAlarms',
        ...ownerOf(caller),
        alarm: readWord(query, 'type', webhookAlarmTypes),
        endpointId: readId(query, 'endpoint_id'),
        before: readId(query, 'before'),
        limit: readLimit(query['limit']),
      },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, views.map(renderAlarm)));
  }

  @Get('webhook-alarm-contacts')
  async contacts(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const view = await askWebhooks<WebhookAlarmContactsView>(
      this.desk,
      { type: 'GetAlarmContacts', ...ownerOf(caller) },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderContacts(view)));
  }

  @Patch('webhook-alarm-contacts')
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const view = await askWebhooks<WebhookAlarmContactsView>(
      this.desk,
      { type: 'SetAlarmContacts', ...ownerOf(caller), ...readContacts(request) },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, renderContacts(view)));
  }

  @Get('webhook-alarm-contacts/secret')
  async secret(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const view = await askWebhooks<WebhookSecretView>(
      this.desk,
      { type: 'GetAlarmSecret', ...ownerOf(caller) },
      { correlationId: request.id },
    );
    sendAnswer(reply, dataAnswer(200, { secret: openedSecret(this.desk, view, alarmSigner(caller)) }));
  }

  @Post('webhook-alarm-contacts/rotate-secret')
  async rotate(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    await post(this.desk, { request, reply, caller }, async (operationId) => {
      const view = await askWebhooks<WebhookSecretView>(
        this.desk,
        { type: 'RotateAlarmSecret', ...ownerOf(caller) },
        { operationId, correlationId: request.id },
      );
      return dataAnswer(200, { secret: openedSecret(this.desk, view, alarmSigner(caller)) });
    });
  }
}

export function readContacts(request: FastifyRequest) {
  const { emails, url, quiet_hours: quietHours } = readFields(request, AlarmContactsDto);
  return {
    ...(emails !== undefined && { emails }),
    ...(url !== undefined && { url }),
    ...(quietHours !== undefined && { quietHours }),
  };
}

export function renderContacts({ emails, url, isMailSet, quietHours }: WebhookAlarmContactsView): object {
  return { emails, url, mail_is_sent: isMailSet, quiet_hours: quietHours ?? null };
}

function renderAlarm(view: WebhookAlarmView): object {
  const { id, type, details, at } = view;
  return {
    id,
    type,
    at,
    endpoint_id: view.endpointId,
    delivery_id: view.deliveryId,
    payment_id: view.paymentId === null ? null : spelledIn(view.dialect, view.paymentId),
    ...alarmDetailFields(details),
    notices: view.notices.map(({ channel, status, attempts, lastError, sentAt }) => ({
      channel,
      status,
      attempts,
      last_error: lastError,
      sent_at: sentAt,
    })),
  };
}
