import { TestClocks1763750000010 } from './test-clocks.migration.js';
import { outboxMigrationSql, parkedMessagesMigrationSql, parkedReplayMigrationSql } from '@paymatch/platform-messaging';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { MessageKeeping1763780000030 } from '../messages/message-keeping.js';
import { MessageWaits1763750000020 } from './message-waits.migration.js';
import {
  CreditsByTime1763750000001,
  MessagesByTime1763750000002,
  UnknownByTime1763770000001,
} from './books.migration.js';
import { BankEvidence1763710000001 } from './bank-evidence.migration.js';
import {
  OneMoney1763720000011,
  OneMoneyClaims1763720000013,
  OneMoneyNear1763720000012,
} from './one-money.migration.js';
import {
  AwaitedCases1763730000003,
  ClaimsWaiting1763730000002,
  MissingMessages1763730000001,
} from './missing-messages.migration.js';
import {
  CreditsBySlot1763740000002,
  MessagesByMerchant1763740000003,
  TakeIn1763740000001,
} from './lean-matching.migration.js';
import { ReviewDecisions1763700000001 } from './review-decisions.migration.js';
import { RereadMessages1763700000003 } from './reread-messages.migration.js';
import { TakeInPlannedOnce1763790000001 } from './take-in-planned-once.migration.js';
import { TracedClaims1763760000001 } from './traced-claims.migration.js';
import { WalletMovements1763700000002 } from './wallet-movements.migration.js';

export const smsMatchingSchema = 'sms_matching';

function down(): Promise<void> {
  throw new Error('migrations go forward only');
}

class CreateRawMessages1763650000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sms_matching.raw_messages (
        raw_id uuid PRIMARY KEY,
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        device_id text NOT NULL,
        seq bigint,
        sender text NOT NULL,
        -- Bytes, since a text column cannot hold NUL and a message is kept as it came.
        body bytea NOT NULL,
        sim_slot integer,
        wallets jsonb NOT NULL,
        sent_at timestamptz,
        received_at timestamptz,
        arrived_at timestamptz NOT NULL,
        message_hash bytea NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('credit', 'debit', 'neutral', 'review', 'fraud_suspect')),
        template text,
        reading jsonb NOT NULL,
        stored_at timestamptz NOT NULL DEFAULT now()
      );
      CREATE INDEX raw_messages_merchant ON sms_matching.raw_messages (merchant_id, livemode, arrived_at);
      COMMENT ON TABLE sms_matching.raw_messages IS 'Every message any device handed over, untouched, for ever; reading is what the parser made of it.';
    `);
  }

  down = down;
}

class CreateCredits1763650000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sms_matching.credits (
        credit_id uuid PRIMARY KEY,
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        provider text NOT NULL,
        wallet_id text NOT NULL,
        wallet_number text NOT NULL,
        trx_id text,
        slot_key text NOT NULL,
        amount_minor bigint NOT NULL CHECK (amount_minor > 0),
        currency text NOT NULL,
        sender_number text,
        balance_minor bigint,
        tolerance_minor bigint NOT NULL,
        printed_at timestamptz,
        received_at timestamptz NOT NULL,
        status text NOT NULL CHECK (status IN ('open', 'matched', 'consumed', 'in_review', 'ignored')),
        payment_id text,
        decided_by text,
        match_attempts integer NOT NULL DEFAULT 0,
        attention_at timestamptz,
        created_at timestamptz NOT NULL,
        CHECK (slot_key = trx_id OR (trx_id IS NULL AND slot_key LIKE '~%')),
        CHECK ((status IN ('matched', 'consumed')) = (payment_id IS NOT NULL))
      );
      -- The same money is one credit, however many phones and notifications tell of it.
      CREATE UNIQUE INDEX credits_once ON sms_matching.credits (merchant_id, livemode, provider, slot_key, wallet_number);
      CREATE INDEX credits_payment ON sms_matching.credits (payment_id) WHERE payment_id IS NOT NULL;
      CREATE INDEX credits_attention ON sms_matching.credits (attention_at) WHERE attention_at IS NOT NULL;
      COMMENT ON COLUMN sms_matching.credits.slot_key IS 'The TrxID; for money without one ~ and a hash of what tells it from other money.';
      COMMENT ON COLUMN sms_matching.credits.attention_at IS 'When somebody must look if nothing has happened until then; null = nothing is waited for.';
      CREATE TABLE sms_matching.credit_messages (
        raw_id uuid PRIMARY KEY REFERENCES sms_matching.raw_messages,
        credit_id uuid NOT NULL REFERENCES sms_matching.credits
      );
      CREATE INDEX credit_messages_credit ON sms_matching.credit_messages (credit_id);
    `);
  }

  down = down;
}

class CreateClaims1763650000003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sms_matching.trx_slots (
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        provider text NOT NULL,
        slot_key text NOT NULL,
        PRIMARY KEY (merchant_id, livemode, provider, slot_key)
      );
      COMMENT ON TABLE sms_matching.trx_slots IS 'Where a credit and the claims on its TrxID meet: whoever brings either locks the one row first.';
      CREATE TABLE sms_matching.claims (
        payment_id text NOT NULL,
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        provider text NOT NULL,
        slot_key text NOT NULL,
        amount_minor bigint NOT NULL,
        currency text NOT NULL,
        sender_number text,
        wallet_number text,
        payment_created_at timestamptz NOT NULL,
        submitted_at timestamptz NOT NULL,
        status text NOT NULL CHECK (status IN ('open', 'refused', 'released', 'won')),
        objection text,
        PRIMARY KEY (payment_id, provider, slot_key)
      );
      CREATE INDEX claims_slot ON sms_matching.claims (merchant_id, livemode, provider, slot_key);
      CREATE TABLE sms_matching.payment_versions (
        payment_id text PRIMARY KEY,
        version integer NOT NULL
      ) WITH (fillfactor = 70);
      COMMENT ON TABLE sms_matching.payment_versions IS 'How far each payment''s facts are applied: a repeated or late fact changes nothing.';
    `);
  }

  down = down;
}

class CreateReviewCases1763650000004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sms_matching.review_cases (
        case_id uuid PRIMARY KEY,
        merchant_id text NOT NULL,
        livemode boolean NOT NULL,
        reason text NOT NULL,
        status text NOT NULL CHECK (status IN ('open', 'closed')),
        resolution text,
        credit_id uuid REFERENCES sms_matching.credits,
        message_hash bytea,
        payment_id text,
        events_count integer NOT NULL,
        opened_at timestamptz NOT NULL,
        closed_at timestamptz,
        CHECK ((credit_id IS NULL) <> (message_hash IS NULL)),
        CHECK ((status = 'closed') = (closed_at IS NOT NULL))
      );
      -- One case per credit, and one per message text: the second look at the same thing goes into the same history.
      CREATE UNIQUE INDEX review_cases_credit ON sms_matching.review_cases (credit_id) WHERE credit_id IS NOT NULL;
      CREATE UNIQUE INDEX review_cases_message ON sms_matching.review_cases (merchant_id, livemode, message_hash) WHERE message_hash IS NOT NULL;
      CREATE INDEX review_cases_list ON sms_matching.review_cases (merchant_id, livemode, status, case_id);
      CREATE INDEX review_cases_list_all ON sms_matching.review_cases (merchant_id, livemode, case_id);
      CREATE TABLE sms_matching.case_messages (
        raw_id uuid PRIMARY KEY REFERENCES sms_matching.raw_messages,
        case_id uuid NOT NULL REFERENCES sms_matching.review_cases
      );
      CREATE INDEX case_messages_case ON sms_matching.case_messages (case_id);
      CREATE TABLE sms_matching.review_case_events (
        case_id uuid NOT NULL REFERENCES sms_matching.review_cases,
        event_no integer NOT NULL,
        at timestamptz NOT NULL,
        actor text NOT NULL,
        action text NOT NULL,
        note text,
        command_id text,
        PRIMARY KEY (case_id, event_no)
      );
      CREATE UNIQUE INDEX review_case_events_command ON sms_matching.review_case_events (case_id, command_id) WHERE command_id IS NOT NULL;
      CREATE FUNCTION sms_matching.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$;
      CREATE TRIGGER review_case_events_append_only BEFORE UPDATE OR DELETE ON sms_matching.review_case_events
        FOR EACH ROW EXECUTE FUNCTION sms_matching.refuse_change();
    `);
  }

  down = down;
}

class CreateSmsMatchingMessaging1763650000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(outboxMigrationSql(smsMatchingSchema));
    await runner.query(parkedMessagesMigrationSql(smsMatchingSchema));
  }

  down = down;
}

class ParkedReplay1763720000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(parkedReplayMigrationSql(smsMatchingSchema));
    // Received messages no longer wait for one another: those that did are taken up.
    await runner.query(
      `UPDATE sms_matching.parked_messages SET replay_requested_at = now()
       WHERE status = 'parked' AND topic = 'credits.received' AND attempts = 0`,
    );
  }

  down = down;
}

export const smsMatchingMigrations = [
  CreateRawMessages1763650000001,
  CreateCredits1763650000002,
  CreateClaims1763650000003,
  CreateReviewCases1763650000004,
  CreateSmsMatchingMessaging1763650000005,
  ReviewDecisions1763700000001,
  WalletMovements1763700000002,
  RereadMessages1763700000003,
  BankEvidence1763710000001,
  ParkedReplay1763720000001,
  OneMoney1763720000011,
  OneMoneyNear1763720000012,
  OneMoneyClaims1763720000013,
  MissingMessages1763730000001,
  ClaimsWaiting1763730000002,
  AwaitedCases1763730000003,
  TakeIn1763740000001,
  CreditsBySlot1763740000002,
  MessagesByMerchant1763740000003,
  TestClocks1763750000010,
  CreditsByTime1763750000001,
  MessagesByTime1763750000002,
  UnknownByTime1763770000001,
  MessageWaits1763750000020,
  TracedClaims1763760000001,
  MessageKeeping1763780000030,
  TakeInPlannedOnce1763790000001,
];

/** No table here is read or written through TypeORM entities. */
export const smsMatchingEntities = [];
