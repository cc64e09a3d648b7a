import { newId, type StatementReading } from '@paymatch/contracts';
import { Database, migrate } from '@paymatch/platform-postgres';
import { createTestDatabase, type TestDatabase } from '@paymatch/platform-testing';
import { idOfFacts } from '../messages/evidence-hash.js';
import {
  brazilianPayment,
  BrazilWorld,
  cpf,
  creationOf,
  csvOf,
  newEndToEndId,
  ofxOf,
  pixNotice,
} from '../testing/brazil.js';
import { MatchingWorld, merchantId, T0 } from '../testing/matching-world.js';
import { OneMoney1763720000011 } from './one-money.migration.js';
import { smsMatchingMigrations, smsMatchingSchema } from './sms-matching.migrations.js';

const before = smsMatchingMigrations.slice(
  0,
  smsMatchingMigrations.findIndex((migration) => migration === OneMoney1763720000011),
);
const ana = '14/08/2026;PIX RECEBIDO;Ana Lima de Souza;529.982.247-25;1.557,00';
const named = '14/08/2026;PIX RECEBIDO;SOUZA, ANA LIMA DE;;1.557,00';
const nameless = '14/08/2026;DEPOSITO 1;;;1.557,00';
const moment = new Date(T0 - 60_000).toISOString();
/** What became of each line, why, and whose the money is. */
const outcomes = (reading: StatementReading) =>
  reading.lines.map(({ outcome, reason, paymentId }) => [outcome, reason, paymentId]);

interface OldCredit {
  readonly creditId: string;
  readonly paymentId: string;
}

/** A credit of 1,557.00 that has completed a payment, with what told of it, as the version before wrote them. */
const putOld = async (
  { database }: TestDatabase,
  reported: {
    readonly rawId: string;
    readonly template: string;
    readonly provider: string;
    readonly claimKey: string;
    readonly trxId: string | null;
    readonly sender: string | null;
  },
): Promise<OldCredit> => {
  const { rawId, template, provider, claimKey, trxId, sender } = reported;
  const old = { creditId: newId(), paymentId: newId() };
  await database.query(
    `INSERT INTO sms_matching.raw_messages (raw_id, merchant_id, livemode, device_id, sender, body, wallets,
      arrived_at, message_hash, outcome, template, reading)
     VALUES ($1, $2, true, 'bank', 'bank', '\\x41', '[]', $3, '\\x00', 'credit', $4, '{}')`,
    [rawId, merchantId, moment, template],
  );
  await database.query(
    `INSERT INTO sms_matching.credits (credit_id, merchant_id, livemode, provider, wallet_id, wallet_number, trx_id,
      slot_key, claim_key, amount_minor, currency,
       sender_number, tolerance_minor, printed_at, received_at, status, payment_id, created_at)
     VALUES ($1, $2, true, $3, 'bank', 'bank', $4, '~' || $5, $5, 155700, 'BRL', $6, 0, $7, $7, 'consumed', $8, $7)`,
    [old.creditId, merchantId, provider, trxId, claimKey, sender, moment, old.paymentId],
  );
  await database.query('INSERT INTO sms_matching.credit_messages (raw_id, credit_id) VALUES ($1, $2)', [
    rawId,
    old.creditId,
  ]);
  return old;
};

const putOldPix = (
  test: TestDatabase,
  { endToEndId, sender }: { readonly endToEndId: string; readonly sender: string | null },
): Promise<OldCredit> =>
  putOld(test, {
    rawId: newId(),
    template: 'credits.pix-received',
    provider: 'pix',
    claimKey: `pix:${endToEndId}`,
    trxId: endToEndId,
    sender,
  });

/**
 * A line's id was made of its payer, its words, its balance and its count, and the bank's id took the place of the last
 * three.
 */
const putOldLine = async (
  test: TestDatabase,
  line: {
    readonly payer: { readonly document: string | null; readonly name: string | null };
    readonly description: string;
    readonly bankId?: string;
    readonly account?: string;
    readonly count?: number;
  },
): Promise<OldCredit> => {
  const { payer, description, bankId, account = null, count = 1 } = line;
  const who = (payer.document ?? payer.name ?? description).toUpperCase();
  const said = [account, '2026-08-14', 155_700, who];
  const identity =
    bankId === undefined
      ? JSON.stringify([JSON.stringify([...said, description, null]), count])
      : JSON.stringify([...said, 'id', bankId]);
  const rawId = idOfFacts(['statement line', merchantId, true, identity]);
  const source = bankId === undefined ? 'csv' : 'ofx';
  const claimKey = `bank:${rawId}`;
  const sender = payer.document ?? payer.name;
  const template = `statement.${source}`;
  const old = await putOld(test, { rawId, template, provider: 'bank_transfer', claimKey, trxId: null, sender });
  await test.database.query(
    `INSERT INTO sms_matching.bank_evidence (raw_id, merchant_id, livemode, claim_key, source, account, posted_on,
      amount_minor, payer_document, payer_name, credit_id)
     VALUES ($1, $2, true, $3, $4, $5, '2026-08-14', 155700, $6, $7, $8)`,
    [rawId, merchantId, claimKey, source, account, payer.document, payer.name, old.creditId],
  );
  return old;
};

let old: TestDatabase;
let brazil: BrazilWorld;
let upgraded: Database | undefined;
beforeEach(async () => {
  old = await createTestDatabase({ schema: smsMatchingSchema, migrations: before });
});
afterEach(async () => {
  await upgraded?.close();
  upgraded = undefined;
  await old.drop();
});

/**
 * The version of today starts on the old database; then a payment of the same payer and sum begins to wait for a bank
 * transfer.
 */
const upgrade = async (): Promise<void> => {
  const { url } = old;
  const database = await Database.connect({
    url,
    schema: smsMatchingSchema,
    applicationName: 'paymatch-test',
    poolMax: 5,
    migrations: smsMatchingMigrations,
  });
  upgraded = database;
  expect(await migrate(database)).toHaveLength(smsMatchingMigrations.length - before.length);
  brazil = BrazilWorld.on(MatchingWorld.on({ database, url, drop: () => old.drop() }));
  await brazil.world.tell(creationOf(brazilianPayment('bank_transfer')));
};
const expectNothingGiven = async (): Promise<void> => {
  expect(await brazil.world.factsOf('credits.matched')).toEqual([]);
};

describe('a Pix that had completed a payment before the upgrade', () => {
  it.each([
    ['document', cpf, csvOf(ana)],
    ['full name', 'Ana Lima de Souza', csvOf(named)],
    ['full name, a document beside it', 'Ana Lima de Souza', csvOf(ana)],
  ])("is known in a statement by its payer's %s, and counts nothing again", async (_by, sender, file) => {
    const { paymentId } = await putOldPix(old, { endToEndId: newEndToEndId(), sender });
    await upgrade();
    expect(outcomes(await brazil.import(file))).toEqual([['known', null, paymentId]]);
    expect((await brazil.import(file)).lines).toMatchObject([{ outcome: 'known' }]);
    expect(await brazil.world.count('credits')).toBe(1);
    await expectNothingGiven();
  });

  it('is known by its endToEndId where a line prints it, whoever is named', async () => {
    const endToEndId = newEndToEndId();
    const { paymentId } = await putOldPix(old, { endToEndId, sender: null });
    await upgrade();
    const file = ofxOf(['20260814', '1557.00', endToEndId, 'PIX RECEBIDO - ANA LIMA DE SOUZA']);
    expect(outcomes(await brazil.import(file))).toEqual([['known', null, paymentId]]);
    expect(await brazil.world.count('credits')).toBe(1);
    await expectNothingGiven();
  });

  it.each([
    ['the Pix named nobody', null, csvOf(ana)],
    ['the line names nobody', cpf, csvOf(nameless)],
    ['one names a document and the other a name', cpf, csvOf(named)],
  ])('makes the line a case, and gives nothing away, where %s', async (_what, sender, file) => {
    await putOldPix(old, { endToEndId: newEndToEndId(), sender });
    await upgrade();
    expect((await brazil.import(file)).lines).toMatchObject([{ outcome: 'review', reason: 'possible_duplicate' }]);
    await expectNothingGiven();
  });

  it('is the same Pix when the bank tells of it again', async () => {
    const endToEndId = newEndToEndId();
    await putOldPix(old, { endToEndId, sender: cpf });
    await upgrade();
    await brazil.takePix(
      pixNotice({ endToEndId, horario: moment, payer: { name: 'Ana Lima de Souza', document: cpf } }),
    );
    expect([await brazil.world.count('credits'), await brazil.world.count('bank_evidence')]).toEqual([1, 1]);
    await expectNothingGiven();
  });

  it('is no obstacle to another transfer of that sum by somebody else', async () => {
    await putOldPix(old, { endToEndId: newEndToEndId(), sender: '11144477735' });
    await upgrade();
    expect(outcomes(await brazil.import(csvOf(ana)))).toMatchObject([['matched', null, expect.any(String)]]);
  });
});

describe('a statement that had been imported before the upgrade', () => {
  const payer = { document: cpf, name: 'Ana Lima de Souza' };

  it('exported again counts nothing, its line being known under its new identity', async () => {
    const { paymentId } = await putOldLine(old, { payer, description: 'PIX RECEBIDO' });
    await upgrade();
    expect(outcomes(await brazil.preview(csvOf(ana)))).toEqual([['known', null, paymentId]]);
    expect(outcomes(await brazil.import(csvOf(ana)))).toEqual([['known', null, paymentId]]);
    expect(await brazil.world.count('credits')).toBe(1);
    await expectNothingGiven();
  });

  it('with two equal lines counts neither again, and a third that is new counts', async () => {
    const both = [1, 2].map((count) => putOldLine(old, { payer, description: 'PIX RECEBIDO', count }));
    const paid = (await Promise.all(both)).map(({ paymentId }) => paymentId);
    await upgrade();
    const known = outcomes(await brazil.import(csvOf(ana, ana)));
    expect(known.map(([outcome]) => outcome)).toEqual(['known', 'known']);
    expect(known.map(([, , paymentId]) => paymentId).sort()).toEqual(paid.sort());
    await expectNothingGiven();
    expect(outcomes(await brazil.import(csvOf(ana, ana, ana)))[2]).toMatchObject(['matched', null, expect.any(String)]);
  });

  it("as OFX counts nothing again, by the bank's id", async () => {
    const description = 'PIX RECEBIDO - ANA LIMA DE SOUZA';
    const { paymentId } = await putOldLine(old, {
      payer: { document: null, name: 'ANA LIMA DE SOUZA' },
      description,
      bankId: 'N1',
      account: '341/1-9',
    });
    await upgrade();
    expect(outcomes(await brazil.import(ofxOf(['20260814', '1557.00', 'N1', description])))).toEqual([
      ['known', null, paymentId],
    ]);
    await expectNothingGiven();
  });

  it('whose line names nobody is a case, and gives nothing away', async () => {
    await putOldLine(old, { payer: { document: null, name: null }, description: 'DEPOSITO 1' });
    await upgrade();
    expect((await brazil.import(csvOf(nameless))).lines).toMatchObject([
      { outcome: 'review', reason: 'possible_duplicate' },
    ]);
    await expectNothingGiven();
  });

  it('counts nothing again where its Pix notice had been counted too', async () => {
    await putOldPix(old, { endToEndId: newEndToEndId(), sender: cpf });
    await putOldLine(old, { payer, description: 'PIX RECEBIDO' });
    await upgrade();
    expect(outcomes(await brazil.import(csvOf(ana)))).toMatchObject([['known', null, expect.any(String)]]);
    expect(await brazil.world.count('credits')).toBe(2);
    await expectNothingGiven();
  });
});
