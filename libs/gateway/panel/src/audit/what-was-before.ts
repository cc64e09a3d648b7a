import {
  formatMinor,
  isUuid,
  type AnyParkedMessage,
  type ParkedMessagesPage,
  type ReviewCase,
  type ReviewSettings,
  type WebhookAlarmContactsView,
  type WebhookEndpointView,
  type WebhookReplayView,
} from '@paymatch/contracts';
import { fieldsOf, Problem } from '@paymatch/gateway-edge';
import { renderKey, renderMerchant } from '../account.controller.js';
import { renderBrand } from '../brand.controller.js';
import { renderBank, renderPix } from '../brazil-accounts.controller.js';
import { renderDevice } from '../devices.controller.js';
import { renderClient } from '../oauth-clients.controller.js';
import { readParkedId } from '../installation/parked-pages.js';
import { askCredits, askParking, askWebhooks, type BeforeChange } from '../panel-desk.js';
import { readPaymentId } from '../panel.rules.js';
import { renderLink } from '../payment-links/payment-link.fields.js';
import { renderReviewSettings } from '../review-settings.controller.js';
import { routeOf } from '../panel-routes.js';
import { renderTerms } from '../wallets/wallet.view.js';
import { renderContacts } from '../webhook-alarms.controller.js';
import { renderEndpoint } from '../webhook-endpoints.controller.js';
import { renderReplay } from '../webhook-replays.controller.js';

/** One thing of the owner's, in their mode, as the panel shows it; nothing where there is none. */
type Reader = (about: BeforeChange & { readonly id: string }) => Promise<object | null | undefined>;

/** Whoever waits for the change waits for this first. */
export const BEFORE_TIMEOUT_MS = 2_500;

const askedFor = ({ request }: BeforeChange): { readonly correlationId: string; readonly timeoutMs: number } => ({
  correlationId: request.id,
  timeoutMs: BEFORE_TIMEOUT_MS,
});

const shop: Reader = async ({ desk, owner }) => renderMerchant(await desk.merchants.find(owner), owner.livemode);

const brand: Reader = async ({ desk, owner }) => renderBrand(desk, await desk.brands.find(owner));

const key: Reader = async ({ desk, owner: { merchantId, livemode }, id }) => {
  const found = (await desk.keys.list(merchantId, livemode)).find((each) => each.id === id);
  return found && renderKey(found);
};

const client: Reader = async ({ desk, owner: { merchantId, livemode }, id }) => {
  const found = (await desk.clients.list(merchantId, livemode)).find(({ clientId }) => clientId === id);
  return found && renderClient(found);
};

const wallet: Reader = async ({ desk, owner: { merchantId, livemode }, id }) => {
  const found = (await desk.wallets.list(merchantId, livemode)).find((each) => each.id === id);
  return found && renderTerms(found);
};

const device: Reader = async ({ desk, owner: { merchantId, livemode }, id }) => {
  const found = (await desk.devices.list(merchantId, livemode)).find((each) => each.id === id);
  return found && renderDevice(found);
};

const pixAccount: Reader = async ({ desk, owner }) => {
  const account = await desk.accounts.pix(owner);
  return account && renderPix(account);
};

const bankAccount: Reader = async ({ desk, owner }) => {
  const account = await desk.accounts.bank(owner);
  return account && renderBank(account);
};

/** What was sold at until now: the merchant's own rate, or the installation's. */
const rate: Reader = async ({ desk, owner, request }) => {
  const { base_currency: currency } = fieldsOf(request.body);
  const found = typeof currency === 'string' ? await desk.exchange.latest(currency, owner.merchantId) : null;
  return found && { base_currency: found.baseCurrency, rate: found.rate, set_at: found.quotedAt };
};

const link: Reader = async ({ desk, owner: { merchantId, livemode }, id }) => {
  const found = isUuid(id) ? await desk.links.find({ merchantId, livemode, linkId: id }) : null;
  return found && renderLink(found, { publicUrl: desk.publicUrl, nowMs: desk.clock.nowMs() });
};

/** Not whose it is: an erased customer is to be nowhere. */
const payment: Reader = async ({ desk, owner: { merchantId, livemode }, id }) => {
  const paymentId = readPaymentId(id);
  const found = paymentId === undefined ? null : await desk.payments.find({ merchantId, livemode, paymentId });
  return (
    found && {
      status: found.status,
      amount: formatMinor(found.amountMinor),
      refunded_amount: formatMinor(found.refundedMinor),
      currency: found.currency,
    }
  );
};

/** Without its messages, which are kept for a time of their own. */
const reviewCase: Reader = async (about) => {
  const { desk, owner, id } = about;
  if (!isUuid(id)) return null;
  const command = { type: 'GetReviewCase', ...owner, caseId: id } as const;
  const { status, reason, paymentId, credit } = await askCredits<ReviewCase>(desk, command, askedFor(about));
  return {
    status,
    reason,
    payment_id: paymentId,
    credit: credit && { id: credit.creditId, amount: formatMinor(credit.amountMinor), currency: credit.currency },
  };
};

/** Whose it is, by who that is and not by name: people leave. */
const heldCase: Reader = async (about) => {
  const { desk, owner, id } = about;
  const found = await reviewCase(about);
  const holder = found && (await desk.holders.find(owner, [id])).get(id);
  return found && { ...found, holder: holder?.userId ?? null };
};

/** Without its text, as with cases. */
const parkedMessage: Reader = async (about) => {
  const { desk, owner, id } = about;
  if (!/^[1-9][0-9]{0,14}$/.test(id)) return null;
  const page = { status: 'parked', limit: 1, before: Number(id) + 1 } as const;
  const command = { type: 'ListParkedMessages', ...owner, ...page } as const;
  const { messages } = await askCredits<ParkedMessagesPage>(desk, command, askedFor(about));
  const found = messages.find((each) => String(each.id) === id);
  return found && { kind: found.kind, status: found.status, attempts: found.attempts, error: found.error };
};

const parkedAnywhere: Reader = async (about) => {
  const parked = readParkedId(about.id);
  if (parked === null) return null;
  const { service, id } = parked;
  const command = { type: 'ListAllParked', status: 'parked', limit: 1, before: id + 1 } as const;
  const listed = await askParking<readonly AnyParkedMessage[]>(about.desk, { service, command }, askedFor(about));
  const found = listed.find((each) => each.id === id);
  return (
    found && {
      merchant_id: found.merchantId,
      type: found.messageType,
      topic: found.topic,
      status: found.status,
      attempts: found.attempts,
      error: found.error,
      behind: found.behindCount,
    }
  );
};

const reviewSettings: Reader = async (about) => {
  const command = { type: 'GetReviewSettings', ...about.owner } as const;
  return renderReviewSettings(await askCredits<ReviewSettings>(about.desk, command, askedFor(about)));
};

const endpoint: Reader = async (about) => {
  const command = { type: 'GetEndpoint', ...about.owner, endpointId: about.id } as const;
  return renderEndpoint(await askWebhooks<WebhookEndpointView>(about.desk, command, askedFor(about)));
};

const replay: Reader = async (about) => {
  const command = { type: 'GetReplay', ...about.owner, replayId: about.id } as const;
  return renderReplay(await askWebhooks<WebhookReplayView>(about.desk, command, askedFor(about)));
};

const alarmContacts: Reader = async (about) => {
  const command = { type: 'GetAlarmContacts', ...about.owner } as const;
  return renderContacts(await askWebhooks<WebhookAlarmContactsView>(about.desk, command, askedFor(about)));
};

/** What a route changes of what is there. Routes for people write theirs with the change, in its transaction. */
export const readers: Readonly<Record<string, Reader>> = {
  'PATCH merchant': shop,
  'PUT brand': brand,
  'POST api-keys/:id/revoke': key,
  'POST api-keys/:id/roll': key,
  'POST oauth-clients/:id/revoke': client,
  'PATCH wallets/:id': wallet,
  'POST wallets/:id/close': wallet,
  'PUT pix-account': pixAccount,
  'PUT bank-account': bankAccount,
  'POST exchange-rates': rate,
  'PATCH devices/:id': device,
  'POST devices/:id/revoke': device,
  'POST devices/:id/rotate-secret': device,
  'PATCH payment-links/:id': link,
  'DELETE payment-links/:id': link,
  'POST payments/:id/refund': payment,
  'POST payments/:id/deny': payment,
  'POST test/payments/:id/:outcome': payment,
  'POST review-cases/:id/assign': reviewCase,
  'POST review-cases/:id/hand-over': heldCase,
  'POST review-cases/:id/ignore': reviewCase,
  'POST review-cases/:id/reject': reviewCase,
  'POST review-cases/:id/complete': reviewCase,
  'POST review-cases/:id/confirm': reviewCase,
  'POST parked-messages/:id/replay': parkedMessage,
  'POST parked-messages/:id/discard': parkedMessage,
  'PATCH review-settings': reviewSettings,
  'PATCH webhook-endpoints/:id': endpoint,
  'DELETE webhook-endpoints/:id': endpoint,
  'POST webhook-endpoints/:id/rotate-secret': endpoint,
  'POST webhook-replays/:id/cancel': replay,
  'PATCH webhook-alarm-contacts': alarmContacts,
  'PATCH operator/notifications': alarmContacts,
  'POST operator/parked-messages/:id/replay': parkedAnywhere,
  'POST operator/parked-messages/:id/discard': parkedAnywhere,
};

/** The routes that find nothing to replace, and why. */
export const changeNothingThatIs: Readonly<Record<string, string>> = {
  'POST api-keys': 'makes a new one',
  'POST oauth-clients': 'makes a new one',
  'POST wallets': 'makes a new one',
  'POST devices': 'makes a new one',
  'POST device-enrolments': 'makes a new code',
  'POST payment-links': 'makes a new one',
  'POST webhook-endpoints': 'makes a new one',
  'POST payments/:id/notes': 'adds a note; none is ever changed',
  'POST credits': 'enters money that is in no list yet',
  'POST transfers': 'enters money that is in no list yet',
  'POST bank-statements': 'reads in lines; each becomes money of its own',
  'POST bank-statements/preview': 'keeps nothing',
  'POST parse-messages': 'keeps nothing',
  'POST wallets/:id/trial': 'makes a payment of one taka',
  'POST test/payments': 'makes a new payment',
  'POST test/messages': 'brings a message that was never there',
  'POST webhook-endpoints/:id/replays': 'begins a new job',
  'POST webhook-endpoints/:id/test': 'sends a new event',
  'POST webhook-deliveries/:id/retry': 'adds an attempt; the earlier ones stand in the delivery',
  'POST device-alerts/:id/dismiss': 'adds who dismissed it; the rest of the alert stands as it was',
  'POST pix-account/callback': 'replaces a secret address, which nobody is told again',
  'POST webhook-callback-secret/rotate': 'replaces a secret, of which nothing else is known',
  'POST webhook-alarm-contacts/rotate-secret': 'replaces a secret, of which nothing else is known',
  'POST operator/notifications/test': 'sends a new notice',
  'POST operator/notifications/rotate-secret': 'replaces a secret, of which nothing else is known',
  'POST customers/:id/erase': 'takes away what was there, so that it is nowhere',
};

/**
 * What stands there before the change that is asked for. What cannot be read for now stops the change, as the same
 * service would; what is refused is not there, and the change itself says so.
 */
export async function whatWasBefore(about: BeforeChange): Promise<unknown> {
  const { id = '' } = about.request.params as { readonly id?: string };
  try {
    return await readers[routeOf(about.request)]?.({ ...about, id });
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
