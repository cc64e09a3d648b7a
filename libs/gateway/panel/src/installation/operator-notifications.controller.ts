import { Controller, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  alarmSigner,
  installationOwner,
  newId,
  type WebhookAlarmContactsView,
  type WebhookCommand,
  type WebhookSecretView,
} from '@paymatch/contracts';
import { dataAnswer, readFields, sendAnswer } from '@paymatch/gateway-edge';
import { admitOperator, askWebhooks, openedSecret, PANEL_DESK, post, type PanelDesk } from '../panel-desk.js';
import { NoFieldsDto } from '../panel.dto.js';
import { inOwnName } from '../people/operator.controller.js';
import { readContacts, renderContacts } from '../webhook-alarms.controller.js';

/** Who of those that run the installation is told of it. */
@Controller('api/panel/v1/operator/notifications')
export class OperatorNotificationsController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get()
  async contacts(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await admitOperator(this.desk, { request, reply });
    const view = await this.ask<WebhookAlarmContactsView>(request, { type: 'GetAlarmContacts', ...installationOwner });
    sendAnswer(reply, dataAnswer(200, renderContacts(view)));
  }

  @Patch()
  async change(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await admitOperator(this.desk, { request, reply });
    const command = { type: 'SetAlarmContacts', ...installationOwner, ...readContacts(request) } as const;
    sendAnswer(reply, dataAnswer(200, renderContacts(await this.ask<WebhookAlarmContactsView>(request, command))));
  }

  /** By the same way as all else: mail still waits for the end of quiet hours, and for the last mail's pause. */
  @Post('test')
  async test(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await admitOperator(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    await post(this.desk, { request, reply, caller: inOwnName(session) }, async (operationId) => {
      const view = await this.ask<WebhookAlarmContactsView>(request, {
        type: 'GetAlarmContacts',
        ...installationOwner,
      });
      const alarm = { alarm: 'notification.test', occasion: operationId, details: {} } as const;
      await this.ask(request, { type: 'RaiseAlarms', ...installationOwner, alarms: [alarm] }, operationId);
      return dataAnswer(200, renderContacts(view));
    });
  }

  @Get('secret')
  async secret(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await admitOperator(this.desk, { request, reply });
    const view = await this.ask<WebhookSecretView>(request, { type: 'GetAlarmSecret', ...installationOwner });
    sendAnswer(reply, dataAnswer(200, this.opened(view)));
  }

  @Post('rotate-secret')
  async rotate(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const session = await admitOperator(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    await post(this.desk, { request, reply, caller: inOwnName(session) }, async (operationId) => {
      const command = { type: 'RotateAlarmSecret', ...installationOwner } as const;
      return dataAnswer(200, this.opened(await this.ask<WebhookSecretView>(request, command, operationId)));
    });
  }

  private opened(view: WebhookSecretView): object {
    return { secret: openedSecret(this.desk, view, alarmSigner(installationOwner)) };
  }

  private ask<Reply>(request: FastifyRequest, command: WebhookCommand, operationId = newId()): Promise<Reply> {
    return askWebhooks<Reply>(this.desk, command, { operationId, correlationId: request.id });
  }
}
