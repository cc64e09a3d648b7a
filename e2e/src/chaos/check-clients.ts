import { of } from './history.js';
import { groupBy, Judge, type Evidence, type Verdict } from './verdict.js';

/** What clients were told, against what is there. */
export function acknowledged({ history, state }: Evidence): Verdict {
  const judge = new Judge('G1');
  const payments = new Map(state.payments.map((payment) => [payment.id, payment]));
  const events = groupBy(state.events, ({ paymentId }) => paymentId);
  const bodies = new Set(state.rawMessages.map(({ sender, body }) => `${sender}\n${body}`));
  for (const { paymentId, invoice, amountMinor } of of(history, 'create').filter(isAcknowledged)) {
    const found = payments.get(paymentId ?? '');
    const apiStatus = state.apiStatuses.get(paymentId ?? '') ?? null;
    judge.expect(
      found !== undefined &&
        found.invoice === invoice &&
        found.amountMinor === amountMinor &&
        apiStatus === found.status,
      () => `payment ${paymentId} of invoice ${invoice} was acknowledged and is ${apiStatus}, ${JSON.stringify(found)}`,
      paymentId ?? '',
    );
  }
  for (const { paymentId, trxId } of of(history, 'submit').filter(isAcknowledged)) {
    const own = events.get(paymentId) ?? [];
    judge.expect(
      own.some((event) => event.trxId === trxId || event.type === 'PaymentExpired'),
      () => `TrxID ${trxId} was acknowledged for payment ${paymentId}, whose events do not know it`,
      paymentId,
    );
  }
  for (const { messages, results } of of(history, 'forward').filter(isAcknowledged))
    for (const [index, { sender, body, trxId }] of messages.entries()) {
      if (results[index] === 'rejected') continue;
      judge.expect(bodies.has(`${sender}\n${body}`), () => `the message of ${trxId} was taken and is not kept`);
    }
  const refunds = groupBy(of(history, 'refund').filter(isAcknowledged), ({ paymentId }) => paymentId);
  for (const [paymentId, entries] of refunds) {
    const kept = (events.get(paymentId) ?? []).filter(({ type }) => type === 'RefundRecorded');
    judge.expect(
      kept.length >= new Set(entries.map(({ key }) => key)).size,
      () => `${entries.length} refunds of payment ${paymentId} were acknowledged, ${kept.length} are kept`,
      paymentId,
    );
  }
  return judge.verdict();
}

/** Money is claimed once, and only by what its message says. */
export function claimedOnce({ state }: Evidence): Verdict {
  const judge = new Judge('G2');
  const completions = state.events.filter(({ type }) => type === 'PaymentCompleted');
  const ids = (list: readonly { readonly paymentId: string }[]): string[] => list.map(({ paymentId }) => paymentId);
  for (const [payment, own] of groupBy(completions, ({ paymentId }) => paymentId))
    judge.expect(own.length === 1, () => `payment ${payment} was completed ${own.length} times`, payment);
  for (const [credit, own] of groupBy(completions, ({ creditId }) => creditId))
    judge.expect(own.length === 1, () => `credit ${credit} completed ${own.length} payments`, ...ids(own));
  for (const [trxId, own] of groupBy(completions, (event) => event.trxId))
    judge.expect(own.length === 1, () => `TrxID ${trxId} completed ${own.length} payments`, ...ids(own));
  for (const [credit, own] of groupBy(
    state.credits.filter(({ status }) => status === 'consumed'),
    ({ id }) => id,
  ))
    for (const { paymentId } of own)
      judge.expect(
        completions.some((event) => event.creditId === credit && event.paymentId === paymentId),
        () => `credit ${credit} is used up by payment ${paymentId}, which it did not complete`,
        paymentId ?? '',
      );
  return judge.verdict();
}

/** Nobody gets what is another's. */
export function keptApart({ history }: Evidence): Verdict {
  const judge = new Judge('G9');
  for (const { by, asked, paymentId, status } of of(history, 'foreign').filter(({ outcome }) => outcome !== 'unknown'))
    judge.expect(status === 404, () => `${by} asked ${asked} and was told HTTP ${status}`, paymentId);
  return judge.verdict();
}

/** Only a message from the provider itself, of that very amount, pays for a payment. */
export function creditsAreTrue({ history, state }: Evidence): Verdict {
  const judge = new Judge('G10');
  const sent = of(history, 'forward').flatMap(({ messages }) => messages);
  const genuine = new Map(sent.filter(({ sort }) => sort === 'genuine').map((sms) => [sms.trxId, sms.amountMinor]));
  const amounts = new Map(state.payments.map((payment) => [payment.id, payment.amountMinor]));
  for (const { paymentId, trxId } of state.events.filter(({ type }) => type === 'PaymentCompleted'))
    judge.expect(
      genuine.get(trxId ?? '') === amounts.get(paymentId),
      () => `payment ${paymentId} was completed by ${trxId}, which no message of its amount tells of`,
      paymentId,
    );
  const credits = groupBy(state.credits, ({ trxId }) => trxId);
  for (const { trxId } of sent.filter(({ sort }) => sort !== 'genuine'))
    judge.expect(!credits.has(trxId), () => `the message of ${trxId} is no credit and became one`);
  return judge.verdict();
}

function isAcknowledged({ outcome }: { readonly outcome: string }): boolean {
  return outcome === 'ok';
}
