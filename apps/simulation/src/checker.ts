import type { Observed } from './observed.js';

/** A promise that was broken, and by what. */
export interface Violation {
  readonly promise: string;
  readonly what: string;
}

type Rule = (seen: Observed) => readonly string[];

/** The promises that can be seen from what came to rest; names are those of docs/explanation/reliability.md. */
const RULES: Readonly<Record<string, Rule>> = {
  'G1 acknowledged is kept': acknowledgedIsKept,
  'G2 completed once, by money that is right': completedOnce,
  'G3 every fact is published': everyFactIsPublished,
  'G4 effects happen once': effectsHappenOnce,
  'G5 facts in order': factsInOrder,
  'G5 webhooks in order': webhooksInOrder,
  'G6 every webhook is delivered, the same each time': webhooksAreDelivered,
  'G7 money can be seen': moneyCanBeSeen,
  'G8 nothing good is parked': nothingIsParked,
  'G9 shops are apart': shopsAreApart,
  'G10 no credit but by real money': creditsAreReal,
  'G11 lists equal the facts': listsEqualFacts,
  'an end is an end': endsAreFinal,
};

export const promises: readonly string[] = Object.keys(RULES);

/** Every promise that does not hold. */
export function check(seen: Observed): readonly Violation[] {
  return Object.entries(RULES).flatMap(([promise, rule]) => rule(seen).map((what) => ({ promise, what })));
}

function acknowledgedIsKept({ acknowledged, uploaded, stored, rawIds }: Observed): readonly string[] {
  const commands = new Set(stored.map(({ commandId }) => commandId));
  const kept = new Set(rawIds);
  return [
    ...acknowledged
      .filter(({ outcome, commandId }) => (outcome === 'created' || outcome === 'changed') && !commands.has(commandId))
      .map(({ type, paymentId }) => `${type} of payment ${paymentId} was acknowledged and left no event`),
    ...uploaded
      .filter(({ rawId }) => !kept.has(rawId))
      .map(({ rawId }) => `message ${rawId} was taken and is not kept`),
  ];
}

function completedOnce({ published, stored, credits }: Observed): readonly string[] {
  const faults: string[] = [];
  const paidWith = new Map<string, string>();
  const completions = stored.filter(({ type }) => type === 'PaymentCompleted');
  if (new Set(completions.map(({ paymentId }) => paymentId)).size < completions.length)
    faults.push('a payment completed twice');
  for (const { eventId, paymentId } of completions) {
    const payment = published.find((fact) => fact.eventId === eventId)?.payment;
    if (payment === undefined) continue;
    const credit = credits.find(({ creditId }) => creditId === payment.creditId);
    if (credit === undefined) faults.push(`payment ${paymentId} completed by money that never came`);
    else if (credit.amountMinor !== payment.amountMinor)
      faults.push(`payment ${paymentId} of ${payment.amountMinor} completed by ${credit.amountMinor}`);
    // A shared wallet's money is a credit of each shop's, and one transfer.
    const money = credit?.trxId ?? String(payment.creditId);
    const other = paidWith.get(money);
    if (other !== undefined) faults.push(`the money of ${money} completed ${other} and ${paymentId}`);
    paidWith.set(money, paymentId);
  }
  return faults;
}

function everyFactIsPublished({ stored, published }: Observed): readonly string[] {
  const publishedIds = new Set(published.map(({ eventId }) => eventId));
  return stored
    .filter(({ eventId }) => !publishedIds.has(eventId))
    .map(({ type, version, paymentId }) => `${type} (${version}) of payment ${paymentId} was never published`);
}

/** However often a message came: one credit of a transfer in a shop's book, one event for webhooks of a fact. */
function effectsHappenOnce({ credits, deliveries }: Observed): readonly string[] {
  return [
    ...repeated(credits.map(({ merchantId, livemode, trxId }) => `credit of ${trxId} at ${merchantId} ${livemode}`)),
    ...repeated(deliveries.map(({ paymentId, sequence }) => `webhook event ${sequence} of payment ${paymentId}`)),
  ].map((what) => `there are two: ${what}`);
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

/** What completes a shop's payment is in the shop's own book, and what is told of it is told to that shop. */
function shopsAreApart({ published, credits, arrivals }: Observed): readonly string[] {
  const owners = new Map(published.map(({ payment: { id, merchantId } }) => [id, merchantId]));
  return [
    ...published.flatMap(({ payment: { id, creditId, merchantId, livemode } }) => {
      const credit = credits.find((each) => each.creditId === creditId);
      return credit === undefined || (credit.merchantId === merchantId && credit.livemode === livemode)
        ? []
        : [`payment ${id} of ${merchantId} has a credit of ${credit.merchantId}`];
    }),
    ...arrivals
      .filter(({ url, paymentId }) => !url.endsWith(`/${owners.get(paymentId)}`))
      .map(({ url, paymentId }) => `${url} was told of payment ${paymentId} of ${owners.get(paymentId)}`),
  ];
}

/** Every credit is money of which the provider's own message has told that very shop. */
function creditsAreReal({ credits, uploaded }: Observed): readonly string[] {
  const real = new Set(
    uploaded
      .filter(({ isForged }) => !isForged)
      .map(({ merchantId, trxId, amountMinor }) => `${merchantId} ${trxId} ${amountMinor}`),
  );
  return credits
    .filter(({ merchantId, trxId, amountMinor }) => !real.has(`${merchantId} ${trxId} ${amountMinor}`))
    .map(
      ({ merchantId, trxId, amountMinor }) =>
        `${merchantId} has a credit of ${amountMinor} by ${trxId}, which never came`,
    );
}

/** At least once: after a crash some come again, but none comes for the first time before an earlier one has come. */
function factsInOrder({ published }: Observed): readonly string[] {
  const newest = new Map<string, number>();
  return published.flatMap(({ payment: { id, version } }) => {
    const before = newest.get(id) ?? 0;
    newest.set(id, Math.max(before, version));
    return version > before + 1 ? [`fact ${version} of payment ${id} was published after ${before}`] : [];
  });
}

function webhooksInOrder({ arrivals }: Observed): readonly string[] {
  const newest = new Map<string, number>();
  return arrivals.flatMap(({ paymentId, sequence }) => {
    const before = newest.get(paymentId) ?? 0;
    newest.set(paymentId, Math.max(before, sequence));
    return sequence < before ? [`webhook ${sequence} of payment ${paymentId} arrived after ${before}`] : [];
  });
}

function webhooksAreDelivered({ deliveries, arrivals, stored }: Observed): readonly string[] {
  const kept = new Set(deliveries.map(({ eventId }) => eventId));
  const created = stored.filter(({ type, eventId }) => type === 'PaymentCompleted' && !kept.has(eventId));
  const bodies = new Map<string, string>();
  return [
    ...created.map(({ paymentId }) => `that payment ${paymentId} completed is no event for webhooks`),
    ...deliveries
      .filter(({ status }) => status !== null && status !== 'delivered')
      .map(({ eventId, status }) => `the webhook of ${eventId} is ${status}`),
    ...deliveries
      .filter(
        ({ eventId, status }) =>
          status === 'delivered' && !arrivals.some((arrival) => arrival.eventId === eventId && arrival.isAccepted),
      )
      .map(({ eventId }) => `the webhook of ${eventId} counts as delivered and was never accepted`),
    ...arrivals.flatMap(({ eventId, body }) => {
      const before = bodies.get(eventId) ?? body;
      bodies.set(eventId, before);
      return before === body ? [] : [`the webhook of ${eventId} has changed between two attempts`];
    }),
  ];
}

function moneyCanBeSeen({ uploaded, credits, published }: Observed): readonly string[] {
  const payments = new Map(published.map(({ payment }) => [payment.id, payment]));
  return [
    ...uploaded
      .filter(
        (money) =>
          !money.isForged &&
          !credits.some(
            (credit) =>
              credit.merchantId === money.merchantId &&
              credit.trxId === money.trxId &&
              credit.amountMinor === money.amountMinor,
          ),
      )
      .map(({ trxId, merchantId }) => `the money of ${trxId} is nowhere at ${merchantId}`),
    ...credits.flatMap(({ creditId, status, paymentId, hasOpenCase }) => {
      if (status === 'consumed')
        return payments.get(paymentId ?? '')?.creditId === creditId
          ? []
          : [`credit ${creditId} is spent on payment ${paymentId}, which does not know it`];
      if (status === 'ignored' || hasOpenCase) return [];
      return [`credit ${creditId} is ${status}, its time is over, and nobody is asked about it`];
    }),
  ];
}

function nothingIsParked({ parkedCount }: Observed): readonly string[] {
  return parkedCount === 0 ? [] : [`${parkedCount} messages are parked`];
}

function listsEqualFacts({ published, readModel }: Observed): readonly string[] {
  const newest = new Map<string, Observed['readModel'][number]>();
  for (const { payment } of published)
    if (payment.version >= (newest.get(payment.id)?.version ?? 0)) newest.set(payment.id, payment);
  const shown = new Map(readModel.map((payment) => [payment.id, payment]));
  return [...newest.values()]
    .filter((payment) => !isSame(payment, shown.get(payment.id)))
    .map(({ id, version }) => `the list shows payment ${id} otherwise than after its fact ${version}`);
}

function isSame(one: object, other: object | undefined): boolean {
  return other !== undefined && JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: object): readonly [string, unknown][] {
  return Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
}

const AFTER: Readonly<Record<string, readonly string[]>> = {
  completed: ['completed', 'partially_refunded', 'refunded'],
  partially_refunded: ['partially_refunded', 'refunded'],
  refunded: ['refunded'],
};

/** Money that has been taken for a payment stays taken. */
function endsAreFinal({ published }: Observed): readonly string[] {
  const last = new Map<string, { readonly version: number; readonly status: string }>();
  return published.flatMap(({ payment: { id, version, status } }) => {
    const before = last.get(id);
    if (before !== undefined && version <= before.version) return [];
    last.set(id, { version, status });
    const allowed = before && AFTER[before.status];
    return allowed === undefined || allowed.includes(status)
      ? []
      : [`payment ${id} was ${before!.status} and is ${status}`];
  });
}
