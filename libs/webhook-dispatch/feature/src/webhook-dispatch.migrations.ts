import { outboxMigrationSql, parkedMessagesMigrationSql, parkedReplayMigrationSql } from '@paymatch/platform-messaging';
import {
  DeliveryIndexesOfModes1763720000011,
  EndpointsOfModes1763720000010,
} from './schema/endpoints-of-modes.migration.js';
import { AttemptDetails1763720000030 } from './schema/attempt-details.migration.js';
import { ShopAlarms1763750000030 } from './schema/shop-alarms.migration.js';
import { Alarms1763720000040 } from './schema/alarms.migration.js';
import { TestClocks1763750000010 } from './schema/test-clocks.migration.js';
import { EndpointRates1763720000220 } from './schema/endpoint-rates.migration.js';
import { Retention1763720000210 } from './schema/retention.migration.js';
import { TestEvents1763720000050 } from './schema/test-events.migration.js';
import { Replays1763720000020 } from './schema/replays.migration.js';
import { ScheduleFunctions1763720000102 } from './schema/schedule-functions.migration.js';
import { LeanDeliveryIndexes1763720000101, Schedule1763720000100 } from './schema/schedule.migration.js';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export const webhookDispatchSchema = 'webhook_dispatch';

/** A step back is a new migration. */
async function refuseDown(): Promise<void> {
  throw new Error('migrations of webhook_dispatch go forward only');
}

export class CreateWebhookTables1763650000000 implements MigrationInterface {
  readonly name = 'CreateWebhookTables1763650000000';
  readonly down = refuseDown;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE webhook_dispatch.endpoints (
        merchant_id text PRIMARY KEY,
        url text,
        events text[] NOT NULL,
        secret text NOT NULL,
        previous_secret text,
        previous_secret_until timestamptz,
        last_rotation_id text,
        status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'disabled')),
        disabled_reason text,
        updated_at timestamptz NOT NULL,
        CHECK ((status = 'disabled') = (disabled_reason IS NOT NULL)),
        CHECK ((previous_secret IS NULL) = (previous_secret_until IS NULL))
      );

      -- Health of whoever receives: a merchant's endpoint, or the host of its payments' callbacks. No row = healthy.
      CREATE TABLE webhook_dispatch.receivers (
        id text PRIMARY KEY,
        consecutive_failures integer NOT NULL,
        paused_until timestamptz
      );

      CREATE TABLE webhook_dispatch.deliveries (
        id uuid PRIMARY KEY,
        merchant_id text NOT NULL,
        dialect text NOT NULL CHECK (dialect IN ('fastaar', 'smartfastpay')),
        receiver text NOT NULL,
        callback_url text,
        payment_id uuid NOT NULL,
        event text NOT NULL,
        event_id text NOT NULL,
        sequence integer NOT NULL,
        correlation_id text NOT NULL,
        body bytea NOT NULL,
        status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'given_up')),
        -- Attempts since it was made or last asked for again; the attempts table has them all.
        attempts_made integer NOT NULL DEFAULT 0,
        -- When it is due; while leased, when the lease ends. NULL: finished, held, or behind an earlier one of its payment.
        next_attempt_at timestamptz,
        lease_id uuid,
        created_at timestamptz NOT NULL,
        CHECK (status = 'pending' OR (next_attempt_at IS NULL AND lease_id IS NULL)),
        CONSTRAINT deliveries_once_per_event UNIQUE (event_id, receiver)
      );
      CREATE INDEX deliveries_due ON webhook_dispatch.deliveries (receiver, next_attempt_at) WHERE next_attempt_at IS NOT NULL;
      CREATE INDEX deliveries_leased ON webhook_dispatch.deliveries (receiver) WHERE lease_id IS NOT NULL;
      CREATE INDEX deliveries_waiting ON webhook_dispatch.deliveries (merchant_id) WHERE status = 'pending' AND next_attempt_at IS NULL;
      CREATE INDEX deliveries_of_payment ON webhook_dispatch.deliveries (payment_id, sequence);
      CREATE INDEX deliveries_newest ON webhook_dispatch.deliveries (merchant_id, id);

      CREATE TABLE webhook_dispatch.attempts (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        delivery_id uuid NOT NULL,
        at timestamptz NOT NULL,
        url text NOT NULL,
        http_status integer,
        error text,
        duration_ms integer NOT NULL,
        CHECK ((http_status IS NULL) = (error IS NOT NULL))
      );
      CREATE INDEX attempts_of_delivery ON webhook_dispatch.attempts (delivery_id, id);
    `);
  }
}

export class CreateParkedMessages1763650000001 implements MigrationInterface {
  readonly name = 'CreateParkedMessages1763650000001';
  readonly down = refuseDown;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(parkedMessagesMigrationSql(webhookDispatchSchema));
  }
}

export class CreateOutbox1763650000002 implements MigrationInterface {
  readonly name = 'CreateOutbox1763650000002';
  readonly down = refuseDown;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(outboxMigrationSql(webhookDispatchSchema));
  }
}

export class ParkedReplay1763720000001 implements MigrationInterface {
  readonly name = 'ParkedReplay1763720000001';
  readonly down = refuseDown;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(parkedReplayMigrationSql(webhookDispatchSchema));
  }
}

/** Found when a payment is to name nobody any more. Payments come in the order of their ids, so each goes to the end. */
export class EventsOfPayment1763780000020 implements MigrationInterface {
  readonly name = 'EventsOfPayment1763780000020';
  readonly down = refuseDown;

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX events_of_payment ON webhook_dispatch.events (payment_id)');
  }
}

/** Oldest first. */
export const webhookDispatchMigrations = [
  CreateWebhookTables1763650000000,
  CreateParkedMessages1763650000001,
  CreateOutbox1763650000002,
  ParkedReplay1763720000001,
  EndpointsOfModes1763720000010,
  DeliveryIndexesOfModes1763720000011,
  Replays1763720000020,
  AttemptDetails1763720000030,
  Alarms1763720000040,
  TestEvents1763720000050,
  Schedule1763720000100,
  LeanDeliveryIndexes1763720000101,
  ScheduleFunctions1763720000102,
  Retention1763720000210,
  EndpointRates1763720000220,
  TestClocks1763750000010,
  ShopAlarms1763750000030,
  EventsOfPayment1763780000020,
];
