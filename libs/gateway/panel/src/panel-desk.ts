import type {
  DeviceAlerts,
  DeviceEnrolments,
  DevicesAdmin,
  ExchangeTable,
  PaymentLinks,
  ReceivingAccounts,
  RefusedPixEntries,
  WalletsAdmin,
} from '@paymatch/gateway-receiving';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  type AnyParkedMessage,
  type CreditCommand,
  type CreditRefusalCode,
  inEnvelope,
  installationOwner,
  newId,
  type ParkingCommand,
  type ParkingRefusalCode,
  type parkingServices,
  topics,
  type WebhookCommand,
  type WebhookRefusalCode,
  type WebhookSecretView,
} from '@paymatch/contracts';
import { answerOnce, sendAnswer, type Answer, type IdempotencyStore } from '@paymatch/gateway-edge';
import type {
  ApiKeysAdmin,
  Brands,
  Caller,
  MerchantsAdmin,
  OAuthClients,
  SubscriptionGate,
} from '@paymatch/gateway-access';
import type {
  OpenSession,
  PanelDoor,
  Passkeys,
  PasswordResets,
  PeopleMail,
  PeopleStores,
} from '@paymatch/gateway-people';
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
import { Refusal, type MessageBus, type ParkingDesk } from '@paymatch/platform-messaging';
import type { Clock } from '@paymatch/platform-observability';
import type { CaseHoldersStore } from './case-holders.store.js';
import type { PaymentNotesStore } from './payment-notes.store.js';
import type { CustomerErasure } from './erasure/customer-erasure.js';
import { CREDIT_REFUSALS, PARKING_REFUSALS, WEBHOOK_REFUSALS, type Refusals } from './panel-refusals.js';
import { accessOf } from './panel-routes.js';
import { noteCaller } from './stream/request-changes.js';

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
  readonly brands: Brands;
  readonly links: PaymentLinks;
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
  /** Of what this gateway itself could not take. */
  readonly ownParking: ParkingDesk<AnyParkedMessage>;
  readonly publicUrl: string;
  /** What the audit log shows as it was before a change. */
  readonly before: (about: BeforeChange) => Promise<unknown>;
}

/** A change that somebody may make. */
export interface BeforeChange {
  readonly desk: PanelDesk;
  /** Whose it is. */
  readonly owner: { readonly merchantId: string; readonly livemode: boolean };
  readonly request: FastifyRequest;
}

export { notFound } from './panel-refusals.js';

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
  const { request, reply } = http;
  const access = accessOf(request);
  const before = (caller: Caller): Promise<unknown> => desk.before({ desk, owner: caller, request });
  const caller = await desk.door.admit(request, reply, access === null ? null : { ...access, before });
  noteCaller(request, caller);
  return caller;
}

/**
 * Whoever runs the installation. What they change commits elsewhere: that it was asked for is written down before it is
 * made.
 */
export async function admitOperator(desk: PanelDesk, { request, reply }: Http): Promise<OpenSession> {
  const session = await desk.door.admitOperator(request, reply, accessOf(request)!);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    await desk.people.audit.beginOfInstallation(
      request,
      session,
      await desk.before({ desk, owner: installationOwner, request }),
    );
  return session;
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

export type ParkingService = (typeof parkingServices)[number];
const PARKING_TOPICS: Readonly<Record<Exclude<ParkingService, 'api-gateway'>, string>> = {
  payments: topics.paymentsCommands.name,
  'sms-matching': topics.creditsCommands.name,
  'webhook-dispatch': topics.webhooksCommands.name,
};

/** Asks a service of what it has parked; its refusals become problems. */
export function askParking<Reply>(
  desk: PanelDesk,
  { service, command }: { readonly service: ParkingService; readonly command: ParkingCommand },
  asked: Asked,
): Promise<Reply> {
  if (service === 'api-gateway')
    return refusedAs(PARKING_REFUSALS, async () => (await desk.ownParking.handle(command)) as Reply);
  return ask<Reply, ParkingRefusalCode>(
    desk,
    { topic: PARKING_TOPICS[service], command, refusals: PARKING_REFUSALS },
    asked,
  );
}

function ask<Reply, Code extends string>(
  desk: PanelDesk,
  question: {
    readonly topic: string;
    readonly command: WebhookCommand | CreditCommand | ParkingCommand;
    readonly refusals: Refusals<Code>;
  },
  asked: Asked,
): Promise<Reply> {
  const { topic, command, refusals } = question;
  return refusedAs(refusals, () =>
    desk.bus.request<Reply>(
      topic,
      inEnvelope(command, {
        id: asked.operationId ?? newId(),
        source: 'api-gateway',
        key: 'merchantId' in command ? command.merchantId : 'installation',
        time: new Date(desk.clock.nowMs()).toISOString(),
        correlationId: asked.correlationId,
      }),
      { timeoutMs: asked.timeoutMs ?? REPLY_TIMEOUT_MS },
    ),
  );
}

async function refusedAs<Reply, Code extends string>(
  refusals: Refusals<Code>,
  work: () => Promise<Reply>,
): Promise<Reply> {
  try {
    return await work();
  } catch (error) {
    const refusal =
      error instanceof Refusal && Object.hasOwn(refusals, error.code)
        ? refusals[error.code as Code](error.details)
        : undefined;
    throw refusal ?? error;
  }
}
