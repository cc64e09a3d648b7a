import { Controller, Get, Inject, Patch, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Caller } from '@paymatch/gateway-access';
import { toString as drawQrCode } from 'qrcode';
import { isUuid } from '@paymatch/contracts';
import { dataAnswer, Problem, readFields, sendAnswer, validationProblem } from '@paymatch/gateway-edge';
import {
  type Device,
  type DeviceAlert,
  deviceEnrolmentUrl,
  type DeviceStanding,
  type DeviceView,
  forwarderUrls,
  type NewDevice,
} from '@paymatch/gateway-receiving';
import { ChangeDeviceDto, NewDeviceDto, RotateSecretDto } from './devices.dto.js';
import { actorOf, admit, notFound, PANEL_DESK, post, type PanelDesk } from './panel-desk.js';
import { NoFieldsDto, WhyDto } from './panel.dto.js';
import { readLimit, readWord } from './panel-query.js';

type IdRequest = FastifyRequest<{ Params: { id: string } }>;

const MINUTE_MS = 60_000;

/** The phones that tell of money, and how they are doing. */
@Controller('api/panel/v1')
export class DevicesController {
  constructor(@Inject(PANEL_DESK) private readonly desk: PanelDesk) {}

  @Get('devices')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    const devices = await this.desk.devices.list(merchantId, livemode);
    const standings = await this.desk.deviceAlerts.standings(devices.map(({ id }) => id));
    sendAnswer(
      reply,
      dataAnswer(
        200,
        devices.map((device) => ({ ...renderDevice(device), ...renderStanding(device, standings.get(device.id)!) })),
      ),
    );
  }

  /** The one answer that shows the device's secret. */
  @Post('devices')
  async enrol(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const device = newDevice(caller, readFields(request, NewDeviceDto));
    await post(this.desk, { request, reply, caller }, async () => {
      await this.admitOneMore(caller);
      return dataAnswer(201, this.withSecret(await this.desk.devices.enrol(device)));
    });
  }

  /** A code for a phone to enrol itself with, once and within ten minutes; shown this once. */
  @Post('device-enrolments')
  async issueCode(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const device = newDevice(caller, readFields(request, NewDeviceDto));
    await post(this.desk, { request, reply, caller }, async () => {
      await this.admitOneMore(caller);
      const { enrolmentId, code, expiresAt } = await this.desk.enrolments.issue(device);
      const url = deviceEnrolmentUrl(this.desk.publicUrl, code);
      return dataAnswer(201, {
        id: enrolmentId,
        livemode: device.livemode,
        name: device.name,
        wallets: renderWallets(device.wallets),
        code,
        expires_at: expiresAt.toISOString(),
        enrolment_url: url,
        qr_svg: await drawQrCode(url, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 }),
      });
    });
  }

  private async admitOneMore(caller: Caller): Promise<void> {
    const devices = await this.desk.devices.list(caller.merchantId, caller.livemode);
    const present = devices.filter(({ status }) => status === 'active').length;
    await this.desk.subscriptions.admitOneMore(caller, 'phones', present);
  }

  @Post('devices/:id/revoke')
  async revoke(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    readFields(request, WhyDto);
    const key = { merchantId, livemode, deviceId: request.params.id };
    if (!(await this.desk.devices.revoke(key))) throw notFound();
    const device = (await this.desk.devices.list(merchantId, livemode)).find(({ id }) => id === key.deviceId);
    sendAnswer(reply, dataAnswer(200, device === undefined ? null : renderDevice(device)));
  }

  /** Its secret stays: a phone need not be enrolled anew to serve another wallet. */
  @Patch('devices/:id')
  async change(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    const { name, wallets } = readFields(request, ChangeDeviceDto);
    const key = { merchantId, livemode, deviceId: request.params.id };
    const known = (await this.desk.devices.list(merchantId, livemode)).find(({ id }) => id === key.deviceId);
    if (known === undefined) throw notFound();
    if (known.status === 'revoked')
      throw new Problem(409, 'device-revoked', { detail: 'This device has been revoked; enrol the phone anew.' });
    const device = await this.desk.devices.change(key, {
      ...(name !== undefined && { name }),
      ...(wallets !== undefined && {
        wallets: wallets.map(({ wallet_id: walletId, sim_slot: simSlot = null }) => ({ walletId, simSlot })),
      }),
    });
    if (device === null) throw notFound();
    sendAnswer(reply, dataAnswer(200, renderDevice(device)));
  }

  /** Shows the new secret. The old one ends at once, unless an overlap is asked for. */
  @Post('devices/:id/rotate-secret')
  async rotate(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    const { overlap_minutes: overlapMinutes = 0 } = readFields(request, RotateSecretDto);
    const key = { merchantId: caller.merchantId, livemode: caller.livemode, deviceId: request.params.id };
    await post(this.desk, { request, reply, caller }, async () => {
      const device = await this.desk.devices.rotate(
        key,
        overlapMinutes === 0 ? null : new Date(this.desk.clock.nowMs() + overlapMinutes * MINUTE_MS),
      );
      if (device === null) throw await this.whyNotRotated(key);
      return dataAnswer(200, {
        ...this.withSecret(device),
        previous_secret_until: device.previousSecret?.until.toISOString() ?? null,
      });
    });
  }

  @Get('device-alerts')
  async alerts(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { merchantId, livemode } = await admit(this.desk, { request, reply });
    const query = request.query as Record<string, unknown>;
    const { before = null } = query;
    if (before !== null && !(typeof before === 'string' && isUuid(before)))
      throw validationProblem({ before: ['Send the id of the last alert you have.'] });
    const alerts = await this.desk.deviceAlerts.list({
      merchantId,
      livemode,
      status: readWord(query, 'status', ['open', 'closed']),
      before,
      limit: readLimit(query['limit']),
    });
    sendAnswer(reply, dataAnswer(200, alerts.map(renderAlert)));
  }

  /** For messages that will never come: the phone is lost, or a person has looked. */
  @Post('device-alerts/:id/dismiss')
  async dismiss(@Req() request: IdRequest, @Res() reply: FastifyReply): Promise<void> {
    const caller = await admit(this.desk, { request, reply });
    readFields(request, NoFieldsDto);
    const alert = await this.desk.deviceAlerts.dismiss(
      { merchantId: caller.merchantId, livemode: caller.livemode, alertId: request.params.id },
      actorOf(caller),
    );
    if (alert === null) throw notFound();
    if (alert.closedAt === null)
      throw new Problem(409, 'device-silent', {
        detail: 'A silence ends when the device is heard again, or with the device: revoke it if it is gone.',
      });
    sendAnswer(reply, dataAnswer(200, renderAlert(alert)));
  }

  private async whyNotRotated(key: {
    readonly merchantId: string;
    readonly livemode: boolean;
    readonly deviceId: string;
  }): Promise<Problem> {
    const isThere = (await this.desk.devices.list(key.merchantId, key.livemode)).some(({ id }) => id === key.deviceId);
    return isThere
      ? new Problem(409, 'device-revoked', { detail: 'This device has been revoked; enrol the phone anew.' })
      : notFound();
  }

  private withSecret(device: Device): object {
    const urls = forwarderUrls(this.desk.publicUrl, device);
    return {
      ...renderDevice(device),
      secret: device.secret,
      upload_url: urls.upload,
      forward_url: urls.forward,
      forward_heartbeat_url: urls.forwardHeartbeat,
      smsgate_url: urls.smsGate,
    };
  }
}

function newDevice(
  caller: { readonly merchantId: string; readonly livemode: boolean },
  fields: NewDeviceDto,
): NewDevice {
  const { merchantId, livemode } = caller;
  return {
    merchantId,
    livemode,
    name: fields.name,
    wallets: fields.wallets.map(({ wallet_id: walletId, sim_slot: simSlot = null }) => ({ walletId, simSlot })),
  };
}

export function renderDevice(device: DeviceView): object {
  const { id, livemode, name, status } = device;
  return { id, livemode, name, status, wallets: renderWallets(device.wallets) };
}

function renderWallets(wallets: Device['wallets']): object {
  return wallets.map(({ walletId, simSlot }) => ({ wallet_id: walletId, sim_slot: simSlot }));
}

function renderStanding(device: DeviceView, standing: DeviceStanding): object {
  const { lastHeardAt, openAlerts } = standing;
  const health =
    device.status === 'revoked'
      ? 'revoked'
      : openAlerts.length > 0
        ? 'alert'
        : lastHeardAt === null
          ? 'not_heard_yet'
          : 'ok';
  return {
    health,
    open_alerts: openAlerts,
    last_heard_at: lastHeardAt,
    last_heartbeat_at: standing.lastHeartbeatAt,
    battery_percent: standing.batteryPercent,
    app_version: standing.appVersion,
  };
}

function renderAlert(alert: DeviceAlert): object {
  return {
    id: alert.id,
    device_id: alert.deviceId,
    livemode: alert.livemode,
    kind: alert.kind,
    opened_at: alert.openedAt,
    closed_at: alert.closedAt,
    closed_by: alert.closedBy,
    last_heard_at: alert.lastHeardAt,
    gap: alert.gap,
    missing: alert.missing,
  };
}
