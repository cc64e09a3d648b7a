import {
  type Device,
  DEVICE_ENROLMENTS,
  DEVICES,
  receivingEntities,
  receivingMigrations,
  signDeviceRequest,
  WALLETS,
} from '@paymatch/gateway-receiving';
import { Module, Global } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId } from '@paymatch/contracts';
import { accessEntities, accessMigrations, MERCHANTS, type MerchantKey } from '@paymatch/gateway-access';
import { MESSAGE_BUS, type Message } from '@paymatch/platform-messaging';
import { CLOCK, LOGGER, silentLogger, systemClock } from '@paymatch/platform-observability';
import { createTestDatabase } from '@paymatch/platform-testing';
import { DeviceModule, deviceMigrations } from './index.js';

it('the module serves the device API inside a Nest application, next to its own body parsers', async () => {
  const testDatabase = await createTestDatabase({
    schema: 'gateway',
    migrations: [...accessMigrations, ...receivingMigrations, ...deviceMigrations],
    entities: [...accessEntities, ...receivingEntities],
  });
  const published: Message[] = [];
  const device: Device = {
    id: newId(),
    merchantId: newId(),
    livemode: false,
    name: 'phone',
    secret: 'a secret',
    status: 'active',
    wallets: [],
  };
  const provided = [
    {
      provide: MESSAGE_BUS,
      useValue: {
        publish: async (_topic: string, messages: readonly Message[]) => {
          published.push(...messages);
        },
      },
    },
    {
      provide: DEVICES,
      useValue: { recall: async () => null, find: async (id: string) => (id === device.id ? device : null) },
    },
    { provide: DEVICE_ENROLMENTS, useValue: { redeem: async () => null } },
    { provide: WALLETS, useValue: { activeLately: async () => [] } },
    {
      provide: MERCHANTS,
      useValue: { findLately: async ({ merchantId }: MerchantKey) => ({ id: merchantId, amountToleranceMinor: 0 }) },
    },
    { provide: CLOCK, useValue: systemClock },
    { provide: LOGGER, useValue: silentLogger },
  ];
  @Global()
  @Module({ providers: provided, exports: provided.map((provider) => provider.provide) })
  class Surroundings {}
  @Module({ imports: [Surroundings, DeviceModule.register({ database: testDatabase.database })] })
  class App {}

  const app = await NestFactory.create<NestFastifyApplication>(App, new FastifyAdapter(), { logger: false });
  try {
    await app.listen(0, '127.0.0.1');
    const body = Buffer.from(
      '{ "messages": [ {"seq":1,"sender":"bKash","body":"hello","sim_slot":1,"sent_at":null,"received_at":null} ] }',
    );
    const timestamp = Math.floor(Date.now() / 1_000);
    const answer = await fetch(`${await app.getUrl()}/api/device/v1/messages`, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/json',
        'x-device-id': device.id,
        'x-device-seq': '1',
        'x-device-timestamp': String(timestamp),
        'x-device-signature': signDeviceRequest(device.secret, { deviceId: device.id, seq: 1, timestamp, body }),
      },
    });
    expect([answer.status, await answer.json()]).toEqual([200, { results: [{ seq: 1, status: 'accepted' }] }]);
    expect(published).toHaveLength(1);
    const unsigned = await fetch(`${await app.getUrl()}/api/device/v1/messages`, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json' },
    });
    expect([unsigned.status, unsigned.headers.get('content-type')]).toEqual([401, 'application/problem+json']);
  } finally {
    await app.close();
    await testDatabase.drop();
  }
});
