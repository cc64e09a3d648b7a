import type { ForwardedSms } from './history.js';
import { of } from './history.js';
import { groupBy, Judge, statusOf, type Evidence, type Verdict } from './verdict.js';

/** Events of which shops are told. */
const notifiedEvents: readonly string[] = [
  'PaymentCreated',
  'TrxSubmitted',
  'PaymentCompleted',
  'PaymentFailed',
  'PaymentExpired',
  'ReviewRequired',
  'RefundRecorded',
];

/** Events that matter to whoever matches money with those who wait for it. */
const matched: readonly string[] = ['TrxSubmitted', 'PaymentCompleted', 'PaymentFailed', 'PaymentExpired'];

/** Every reader of the events has seen every one. */
export function readByAll({ state }: Evidence): Verdict {
  const judge = new Judge('G3');
  const read = new Map(state.payments.map((payment) => [payment.id, payment.version]));
  const delivered = new Set(state.deliveries.map(({ endpoint, eventId }) => `${endpoint} ${eventId}`));
  for (const [payment, events] of groupBy(state.events, ({ paymentId }) => paymentId)) {
    const last = Math.max(...events.map(({ version }) => version));
    const versions = { list: read.get(payment), matcher: state.matcherVersions.get(payment) ?? 0 };
    const matchable = Math.max(0, ...events.filter(({ type }) => matched.includes(type)).map(({ version }) => version));
    judge.expect(
      events.length === last && versions.list === last && versions.matcher >= matchable,
      () => `payment ${payment} has ${events.length} events up to ${last}; readers saw ${JSON.stringify(versions)}`,
      payment,
    );
    for (const { eventId, type, version } of events.filter((event) => notifiedEvents.includes(event.type)))
      for (const endpoint of state.endpointsOfAll)
        judge.expect(
          delivered.has(`${endpoint} ${eventId}`),
          () => `${type} (${version}) of payment ${payment} has no delivery to ${endpoint}`,
          payment,
        );
  }
  return judge.verdict();
}

/** What came twice has had one effect. */
export function effectsOnce({ history, state }: Evidence): Verdict {
  const judge = new Judge('G4');
  const deliveries = groupBy(
    state.deliveries,
    ({ endpoint, paymentId, sequence }) => `${endpoint} ${paymentId} ${sequence}`,
  );
  for (const [name, own] of deliveries)
    judge.expect(own.length === 1, () => `${own.length} deliveries of ${name}`, own[0]!.paymentId);
  for (const [trxId, own] of groupBy(state.credits, (credit) => credit.trxId))
    judge.expect(own.length === 1, () => `the money of ${trxId} is there ${own.length} times`);
  for (const [credit, own] of groupBy(state.cases, ({ creditId }) => creditId))
    judge.expect(own.length === 1, () => `credit ${credit} has ${own.length} cases`);
  for (const [invoice, own] of groupBy(state.payments, (payment) => payment.invoice))
    judge.expect(
      own.length === 1,
      () => `invoice ${invoice} has ${own.length} payments`,
      ...own.map((payment) => payment.id),
    );
  const wishes = groupBy(of(history, 'refund'), ({ paymentId }) => paymentId);
  for (const [paymentId, own] of wishes) {
    const kept = state.events.filter((event) => event.paymentId === paymentId && event.type === 'RefundRecorded');
    judge.expect(
      kept.length <= new Set(own.map(({ key }) => key)).size,
      () => `payment ${paymentId} was refunded ${kept.length} times`,
      paymentId,
    );
  }
  return judge.verdict();
}

/** Each taken message about money is where a person sees it, and what was paid for is completed. */
export function moneyIsSeen({ history, state }: Evidence): Verdict {
  const judge = new Judge('G7');
  const taken = takenMessages(history);
  const credits = groupBy(state.credits, ({ trxId }) => trxId);
  const cased = new Set(state.cases.map(({ creditId }) => creditId));
  const raws = new Map(state.rawMessages.map((raw) => [`${raw.sender}\n${raw.body}`, raw]));
  const submits = groupBy(
    of(history, 'submit').filter(({ outcome }) => outcome === 'ok'),
    ({ trxId }) => trxId,
  );
  const payments = new Map(state.payments.map((payment) => [payment.id, payment]));
  for (const { trxId, amountMinor, sort, sender, body } of taken) {
    if (sort !== 'genuine') {
      const hasCase = raws.get(`${sender}\n${body}`)?.hasCase === true;
      judge.expect(hasCase, () => `the message of ${trxId} is no money that can be used, and no person is shown it`);
      continue;
    }
    const [credit] = credits.get(trxId) ?? [];
    const askers = (submits.get(trxId) ?? []).map(({ paymentId }) => paymentId);
    const isClaimed = credit?.status === 'consumed' && credit.paymentId !== null;
    const isSeen = isClaimed || credit?.status === 'open' || (credit !== undefined && cased.has(credit.id));
    judge.expect(isSeen, () => `the money of ${trxId} is ${JSON.stringify(credit)} and no person sees it`, ...askers);
    const fitting = askers.filter((id) => payments.get(id)?.amountMinor === amountMinor);
    if (fitting.length > 0)
      judge.expect(
        isClaimed || (credit !== undefined && cased.has(credit.id)),
        () => `${trxId} was submitted, and its money came; it is ${JSON.stringify(credit)}`,
        ...fitting,
      );
  }
  return judge.verdict();
}

/** The messages that a phone was told it may forget. */
function takenMessages(history: Evidence['history']): readonly ForwardedSms[] {
  const taken = new Map<string, ForwardedSms>();
  for (const { outcome, messages, results } of of(history, 'forward'))
    for (const [index, sms] of messages.entries())
      if (outcome === 'ok' && results[index] !== 'rejected') taken.set(`${sms.sender}\n${sms.body}`, sms);
  return [...taken.values()];
}

/**
 * Facts nobody could read are parked, and nothing else is. A command is answered rather than kept (parked and replayed
 * it would do what its caller was told had not happened): one that nobody could read is told of in the log.
 */
export function poisonStaysAlone({ history, state }: Evidence): Verdict {
  const judge = new Judge('G8');
  const { commands, facts } = poison(history);
  for (const { no } of commands)
    judge.expect(state.refusedCommands.includes(poisonKey(no)), () => `nothing tells of the bad command ${no}`);
  for (const { no, part } of facts)
    judge.expect(
      state.parked.some(({ key, topic }) => key === poisonKey(no) && topic === part),
      () => `the bad record ${no} on ${part} was not parked`,
    );
  const keys = new Set(facts.map(({ no }) => poisonKey(no)));
  judge.expect(
    state.parked.every(({ key }) => keys.has(key)),
    () => `parked without cause: ${JSON.stringify(state.parked.filter(({ key }) => !keys.has(key)).slice(0, 3))}`,
    ...state.parked.map(({ key }) => key).filter((key) => !keys.has(key)),
  );
  return judge.verdict();
}

/** The bad records that were sent. Over Kafka commands have a topic; in one process they have none. */
export function poison(history: Evidence['history']) {
  const sent = of(history, 'fault').flatMap(({ fault, missed }) =>
    fault.kind === 'poison-record' && missed === null ? [fault] : [],
  );
  const isCommand = ({ part }: (typeof sent)[number]): boolean => part === 'payments.commands';
  return { commands: sent.filter(isCommand), facts: sent.filter((fault) => !isCommand(fault)) };
}

/** The key of the bad record that the fault of that number sent; an id that nothing else has. */
export function poisonKey(no: number): string {
  return `00000000-0000-7000-8000-${String(no).padStart(12, '0')}`;
}

/** Lists say what the events say. */
export function foldEqualsLists({ state }: Evidence): Verdict {
  const judge = new Judge('G11');
  const events = groupBy(state.events, ({ paymentId }) => paymentId);
  for (const payment of state.payments) {
    const own = events.get(payment.id) ?? [];
    const folded = {
      status: statusOf(own),
      refundedMinor: own
        .filter(({ type }) => type === 'RefundRecorded')
        .reduce((sum, { amountMinor }) => sum + (amountMinor ?? 0), 0),
      amountMinor: own.find(({ type }) => type === 'PaymentCreated')?.amountMinor ?? null,
    };
    const { status, refundedMinor, amountMinor } = payment;
    judge.expect(
      folded.status === status && folded.refundedMinor === refundedMinor && folded.amountMinor === amountMinor,
      () => `payment ${payment.id} is listed as ${JSON.stringify(payment)}, its events say ${JSON.stringify(folded)}`,
      payment.id,
    );
  }
  return judge.verdict();
}
