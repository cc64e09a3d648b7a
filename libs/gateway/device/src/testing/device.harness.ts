import {
  type Device,
  DEVICE_ALERTS,
  DEVICE_ENROLMENTS,
  type DeviceEnrolments,
  DEVICES,
  type DevicesAdmin,
  receivingEntities,
  receivingMigrations,
  ReceivingModule,
  receivingSettings,
  type Wallet,
  WALLETS,
  type Wallets,
} from '@paymatch/gateway-receiving';
import { readConfig } from '@paymatch/platform-config';
import { createHash, createHmac } from 'node:crypto';
import { Module, type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { MessageReceived } from '@paymatch/contracts';
import { accessEntities, accessMigrations, AccessModule, MERCHANTS, type Merchants } from '@paymatch/gateway-access';
import { GatewayEdge, problemFace, renderOpenApi } from '@paymatch/gateway-edge';
import { MESSAGE_BUS, type Message, type MessageBus } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, type LogFields, type Logger, type LogLevel } from '@paymatch/platform-observability';
import { createTestDatabase, DocumentedAnswers } from '@paymatch/platform-testing';
import type { DeviceWatch } from '../device-watch.js';
import { deviceMigrations } from '../device.migrations.js';
import { DeviceModule } from '../device.module.js';
import { deviceApi } from '../openapi/device.api.js';

const documented = new DocumentedAnswers(renderOpenApi(deviceApi));

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Record<string, unknown>;
}

/** Keeps what is published. */
export class KeepingBus implements MessageBus {
  readonly published: Message<MessageReceived>[] = [];

  async publish(_topic: string, messages: readonly Message[]): Promise<void> {
    this.published.push(...(messages as readonly Message<MessageReceived>[]));
  }

  request<Reply>(): Promise<Reply> {
    return Promise.reject(new Error('the device API asks nobody'));
  }
}

/** Keeps every line. */
export class KeepingLogger implements Logger {
  constructor(
    readonly lines: { readonly level: LogLevel; readonly message: string; readonly fields: LogFields }[] = [],
  ) {}

  debug(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'debug', message, fields });
  }
  info(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'info', message, fields });
  }
  warn(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'warn', message, fields });
  }
  error(message: string, fields: LogFields = {}): void {
    this.lines.push({ level: 'error', message, fields });
  }
  with(): Logger {
    return new KeepingLogger(this.lines);
  }
}

@Module({})
class TestPlatformModule {
  static register(parts: {
    readonly bus: MessageBus;
    readonly logger: Logger;
    readonly clock: { nowMs(): number };
  }): DynamicModule {
    const providers = [
      { provide: MESSAGE_BUS, useValue: parts.bus },
      { provide: LOGGER, useValue: parts.logger },
      { provide: CLOCK, useValue: parts.clock },
    ];
    return { module: TestPlatformModule, global: true, providers, exports: providers.map(({ provide }) => provide) };
  }
}

/**
 * The device API on a loopback port, with a real database and the gateway's own stores; every answer must be as its
 * document says.
 */
export async function startDeviceApi(options: { readonly refusalsPerMinuteMax?: number } = {}) {
  const test = await createTestDatabase({
    schema: 'gateway',
    migrations: [...accessMigrations, ...receivingMigrations, ...deviceMigrations],
    entities: [...accessEntities, ...receivingEntities],
  });
  // These shops all show the same accounts; that it takes the operator's word is tried where it is given.
  await test.database.query('ALTER TABLE gateway.wallets DISABLE TRIGGER wallets_of_one_merchant');
  const clock = {
    ms: Date.UTC(2026, 7, 14, 5, 10),
    nowMs(): number {
      return this.ms;
    },
  };
  const [bus, logger] = [new KeepingBus(), new KeepingLogger()];
  const { database } = test;
  const secret = 'a secret of at least thirty-two characters';
  const edge = new GatewayEdge({ faces: [problemFace('/api/device/')], logger, trustedProxies: ['127.0.0.1'] });
  const imports = [
    TestPlatformModule.register({ bus, logger, clock }),
    AccessModule.register({ database, secret }),
    ReceivingModule.register({ ...readConfig(receivingSettings, {}), database, secret }),
    DeviceModule.register({ database: test.database, ...options }),
  ];
  const app = await NestFactory.create<NestFastifyApplication>(
    { module: class Root {}, imports },
    edge.createAdapter(),
    { logger: false },
  );
  edge.configure(app);
  await app.listen(0, '127.0.0.1');
  const url = await app.getUrl();
  const devices = app.get<DevicesAdmin>(DEVICES);
  let requestSeq = 1;
  const post = async (
    path: string,
    body: string | Buffer,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Reply> => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      body: typeof body === 'string' ? body : new Uint8Array(body),
      headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    });
    const text = await response.text();
    const { status, headers: answered } = response;
    const json = JSON.parse(text) as Record<string, unknown>;
    documented.check({ method: 'POST', path, status, headers: answered, body: json });
    return { status, headers: answered, text, json };
  };
  return {
    url,
    clock,
    bus,
    logger,
    devices,
    post,
    database: test.database,
    databaseUrl: test.url,
    enrolments: app.get<DeviceEnrolments>(DEVICE_ENROLMENTS),
    watch: app.get<DeviceWatch>(DEVICE_ALERTS),
    /** A shop with one bKash wallet and a phone for it. */
    openShop: async (): Promise<{ readonly merchantId: string; readonly wallet: Wallet; readonly device: Device }> => {
      const { id: merchantId } = await app.get<Merchants>(MERCHANTS).create({ name: 'Shop' });
      const wallet = await app
        .get<Wallets>(WALLETS)
        .add({ merchantId, livemode: true, provider: 'bkash', number: '01712345678', accountType: 'personal' });
      return {
        merchantId,
        wallet,
        device: await devices.enrol({
          merchantId,
          livemode: true,
          name: 'Counter',
          wallets: [{ walletId: wallet.id, simSlot: null }],
        }),
      };
    },
    /** A request as our own app signs it; written from the reference, not with the gateway's own functions. */
    signed: (
      path: string,
      content: unknown,
      as: Pick<Device, 'id' | 'secret'>,
      changes: { readonly seq?: number; readonly headers?: Readonly<Record<string, string>> } = {},
    ): Promise<Reply> => {
      const body = Buffer.isBuffer(content) ? content : Buffer.from(JSON.stringify(content));
      const { seq = requestSeq++ } = changes;
      const timestamp = Math.floor(clock.ms / 1_000);
      const text = `${as.id}.${seq}.${timestamp}.${createHash('sha256').update(body).digest('hex')}`;
      return post(`/api/device/v1/${path}`, body, {
        'x-device-id': as.id,
        'x-device-seq': String(seq),
        'x-device-timestamp': String(timestamp),
        'x-device-signature': createHmac('sha256', as.secret).update(text).digest('hex'),
        ...changes.headers,
      });
    },
    stop: async (): Promise<void> => {
      await app.close();
      await test.drop();
    },
  };
}

/** One message as our own app uploads it. */
export function sms(seq: number | null, body = `You have received Tk ${seq}.00`): object {
  return {
    seq,
    sender: 'bKash',
    body,
    sim_slot: 1,
    sent_at: '2026-08-14T05:07:00Z',
    received_at: '2026-08-14T05:07:02Z',
  };
}
