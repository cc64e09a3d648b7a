import type {
  DeviceAlerts,
  DeviceEnrolments,
  DevicesAdmin,
  ExchangeTable,
  ReceivingAccounts,
  RefusedPixEntries,
  WalletsAdmin,
} from '@paymatch/gateway-receiving';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type CreditCommand,
  type CreditRefusalCode,
  inEnvelope,
  newId,
  type StatementReading,
  topics,
  type WebhookCommand,
  type WebhookRefusalCode,
  type WebhookSecretView,
} from '@paymatch/contracts';
import {
  answerOnce,
  Problem,
  sendAnswer,
  validationProblem,
  type Answer,
  type IdempotencyStore,
} from '@paymatch/gateway-edge';
import type { ApiKeysAdmin, Caller, MerchantsAdmin, OAuthClients, SubscriptionGate } from '@paymatch/gateway-access';
import type { PanelDoor, Passkeys, PasswordResets, PeopleMail, PeopleStores } from '@paymatch/gateway-people';
import type {
  CustomerBook,
  PageOpenings,
  PaymentFigures,
  PaymentFinder,
  PaymentHistories,
  PaymentReadModel,
  PaymentsClient,
  RefundBook,
} from '@paymatch/gateway-read-models';
import type { TextSealer } from '@paymatch/platform-secrets';
import { Refusal, type MessageBus } from '@paymatch/platform-messaging';
import type { Clock } from '@paymatch/platform-observability';
import type { CaseHoldersStore } from './case-holders.store.js';
import type { PaymentNotesStore } from './payment-notes.store.js';
import type { CustomerErasure } from './erasure/customer-erasure.js';
import { accessOf } from './panel-routes.js';
import { noteCaller } from './stream/told-by-routes.js';

const REPLY_TIMEOUT_MS = 5_000;

/** What the controllers of the panel API work with. */
export interface PanelDesk {
  readonly payments: Pick<PaymentReadModel, 'find' | 'createdSince'>;
  readonly finder: PaymentFinder;
  readonly openings: Pick<PageOpenings, 'find'>;
  readonly figures: PaymentFigures;
  readonly customers: CustomerBook;
  readonly refundBook: RefundBook;
  readonly histories: PaymentHistories;
  readonly paymentCommands: PaymentsClient;
  readonly door: PanelDoor;
  readonly people: PeopleStores;
  readonly mail: PeopleMail;
  readonly resets: PasswordResets;
  readonly passkeys: Passkeys;
  readonly subscriptions: SubscriptionGate;
  readonly idempotency: IdempotencyStore;
  readonly bus: MessageBus;
  readonly clock: Clock;
  readonly merchants: MerchantsAdmin;
  readonly keys: ApiKeysAdmin;
  readonly wallets: WalletsAdmin;
  readonly devices: DevicesAdmin;
  readonly enrolments: DeviceEnrolments;
  readonly deviceAlerts: DeviceAlerts;
  readonly accounts: ReceivingAccounts;
  readonly exchange: ExchangeTable;
  readonly clients: OAuthClients;
  readonly refusedPix: RefusedPixEntries;
  /** Opens what webhook-dispatch tells of signing secrets. */
  readonly webhookSecrets: TextSealer;
  readonly holders: CaseHoldersStore;
  readonly notes: PaymentNotesStore;
  readonly erasure: CustomerErasure;
  readonly publicUrl: string;
}

export const PANEL_DESK = Symbol('PanelDesk');

export interface Http {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Whoever holds a key with `account:write` is the merchant, and whoever is signed in may do what their role says; what
 * is read or changed is that merchant's alone, in one mode.
 */
export async function admit(desk: PanelDesk, http: Http): Promise<Caller> {
  const caller = await desk.door.admit(http.request, http.reply, accessOf(http.request));
  noteCaller(http.request, caller);
  return caller;
}

/** A POST, once per `Idempotency-Key`; `work` gets the id its command goes out under. */
export async function post(
  desk: PanelDesk,
  http: Http & { readonly caller: Pick<Caller, 'merchantId' | 'livemode'> },
  work: (operationId: string) => Promise<Answer>,
): Promise<void> {
  const { request, caller } = http;
  sendAnswer(
    http.reply,
    await answerOnce({ store: desk.idempotency, request, caller }, (operationId) => work(operationId ?? newId())),
  );
}

/** Whose name a decision is kept under: the person’s address or the key’s name. One in a body could be anybody’s. */
export function actorOf(caller: Caller): string {
  const { person, keyIssuedBy, keyName, keyId } = caller;
  const key = keyName ?? `api-key ${keyId}`;
  if (person !== undefined) return person.email;
  return typeof keyIssuedBy === 'string' ? `${keyIssuedBy} by key ${key}` : key;
}

/** A signing secret as webhook-dispatch tells of it, opened. */
export function openedSecret(desk: PanelDesk, { sealed }: WebhookSecretView, signer: string): string {
  return desk.webhookSecrets.open(Buffer.from(sealed, 'base64'), signer);
}

interface Asked {
  readonly operationId?: string;
  readonly correlationId: string;
  readonly timeoutMs?: number;
}

/** Asks webhook-dispatch; its refusals become problems. */
export function askWebhooks<Reply>(desk: PanelDesk, command: WebhookCommand, asked: Asked): Promise<Reply> {
  return ask<Reply, WebhookRefusalCode>(
    desk,
    { topic: topics.webhooksCommands.name, command, refusals: WEBHOOK_REFUSALS },
    asked,
  );
}

/** Asks sms-matching; its refusals become problems. */
export function askCredits<Reply>(desk: PanelDesk, command: CreditCommand, asked: Asked): Promise<Reply> {
  return ask<Reply, CreditRefusalCode>(
    desk,
    { topic: topics.creditsCommands.name, command, refusals: CREDIT_REFUSALS },
    asked,
  );
}

export function notFound(): Problem {
  return new Problem(404, 'not-found', { detail: 'There is nothing with this id.' });
}

type Refusals<Code extends string> = Readonly<Record<Code, (details: Readonly<Record<string, unknown>>) => Problem>>;

const WEBHOOK_REFUSALS: Refusals<WebhookRefusalCode> = {
  ENDPOINT_NOT_FOUND: notFound,
  TOO_MANY_ENDPOINTS: ({ max }) =>
    new Problem(409, 'too-many-endpoints', {
      detail: `There are ${String(max)} endpoints of this mode already; remove one first.`,
    }),
  ENDPOINT_NOT_OPEN: () =>
    new Problem(409, 'endpoint-not-open', {
      detail:
        'The endpoint of this delivery is removed, disabled or has no URL; what is held for it is sent once it is open.',
    }),
  DELIVERY_CLOSED: ({ status }) =>
    new Problem(409, 'delivery-closed', {
      detail: `This delivery is ${String(status)}: a newer event of its payment was sent instead, or its endpoint was removed.`,
    }),
  DELIVERY_NOT_FOUND: notFound,
  DELIVERY_PRUNED: () =>
    new Problem(409, 'delivery-pruned', { detail: 'What was sent is too old to be kept, and cannot be sent again.' }),
  TEST_EVENT_NOT_FOUND: notFound,
  ENDPOINT_HAS_NO_URL: () => new Problem(409, 'endpoint-has-no-url', { detail: 'Give the endpoint a URL first.' }),
  TOO_MANY_TEST_EVENTS: ({ max }) =>
    new Problem(409, 'too-many-test-events', {
      detail: `${String(max)} test events are still to be sent; wait for them.`,
      retryAfterSeconds: 10,
    }),
  EVENT_NOT_FOUND: notFound,
  REPLAY_NOT_FOUND: notFound,
  URL_NOT_ALLOWED: ({ reason }) =>
    validationProblem({
      url: [`This address cannot be a webhook endpoint (${String(reason)}); give a public https address.`],
    }),
  INVALID_COMMAND: ({ field }) =>
    validationProblem({ [typeof field === 'string' ? fieldName(field) : 'body']: ['This value is not accepted.'] }),
};

/** As the panel spells what the command calls by another name. */
function fieldName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

export const CREDIT_REFUSALS: Refusals<CreditRefusalCode> = {
  CREDIT_NOT_FOUND: notFound,
  PARKED_NOT_FOUND: notFound,
  CASE_NOT_FOUND: notFound,
  CASE_CLOSED: () => new Problem(409, 'case-closed', { detail: 'This case has been decided already.' }),
  CASE_HAS_NO_CREDIT: () =>
    new Problem(409, 'case-has-no-credit', {
      detail: 'This case holds no money that could be assigned; it can only be ignored.',
    }),
  CASE_HAS_CREDIT: () =>
    new Problem(409, 'case-has-credit', {
      detail: 'This case holds money already; assign that money instead of entering it again.',
    }),
  CASE_HAS_NO_PAYMENT: () =>
    validationProblem({ payment_id: ['This case names no payment; send the id of the one that is meant.'] }),
  CASE_NOT_PROPOSED: () =>
    new Problem(409, 'case-not-proposed', {
      detail: 'There is no credit in this case that waits for a second person.',
    }),
  CREDIT_EXISTS: (details) =>
    new Problem(409, 'credit-exists', {
      detail: `Money with this TrxID is known already${inCase(details)}; it cannot be entered again.`,
    }),
  ENTRY_ALREADY_PROPOSED: (details) =>
    new Problem(409, 'entry-already-proposed', {
      detail: `Somebody has proposed this credit already${inCase(details)}; confirm it there.`,
    }),
  SAME_PERSON: () =>
    new Problem(409, 'same-person', {
      detail: 'Whoever proposed a credit cannot confirm it; a second person must, with a key of their own.',
    }),
  CASE_IN_PROGRESS: () =>
    new Problem(409, 'case-in-progress', {
      detail: 'This money is being given to a payment at this moment; look at the case again shortly.',
      retryAfterSeconds: 1,
    }),
  CREDIT_ALREADY_USED: () =>
    new Problem(409, 'credit-already-used', { detail: 'This money has completed a payment already.' }),
  STATEMENT_UNREADABLE: ({ faults }) =>
    unreadableStatement(Array.isArray(faults) ? (faults as readonly StatementFault[]) : []),
  INVALID_COMMAND: (details) => validationProblem({ [invalidField(details)]: ['This value is not accepted.'] }),
};

type StatementFault = StatementReading['faults'][number];

/** Nothing of the file was taken: each line that must be mended, by its number. */
function unreadableStatement(faults: readonly StatementFault[]): Problem {
  return validationProblem({ statement: faults.map(({ line, problem }) => `line ${line}: ${problem}`) });
}

function inCase({ caseId }: Readonly<Record<string, unknown>>): string {
  return typeof caseId === 'string' ? ` (case ${caseId})` : '';
}

const FIELD_OF: Readonly<Record<string, string>> = {
  trxId: 'trx_id',
  amountMinor: 'amount',
  receivedAt: 'received_at',
  paymentId: 'payment_id',
  caseId: 'case_id',
  note: 'note',
};

function invalidField(details: Readonly<Record<string, unknown>>): string {
  return FIELD_OF[Object.keys(details)[0] ?? ''] ?? 'body';
}

async function ask<Reply, Code extends string>(
  desk: PanelDesk,
  question: {
    readonly topic: string;
    readonly command: WebhookCommand | CreditCommand;
    readonly refusals: Refusals<Code>;
  },
  asked: Asked,
): Promise<Reply> {
  const { topic, command, refusals } = question;
  try {
    return await desk.bus.request<Reply>(
      topic,
      inEnvelope(command, {
        id: asked.operationId ?? newId(),
        source: 'api-gateway',
        key: 'merchantId' in command ? command.merchantId : 'installation',
        time: new Date(desk.clock.nowMs()).toISOString(),
        correlationId: asked.correlationId,
      }),
      { timeoutMs: asked.timeoutMs ?? REPLY_TIMEOUT_MS },
    );
  } catch (error) {
    const refusal =
      error instanceof Refusal && Object.hasOwn(refusals, error.code)
        ? refusals[error.code as Code](error.details)
        : undefined;
    throw refusal ?? error;
  }
}
