import {
  alarmDetailFields,
  alarmSigner,
  installationAlarmFields,
  isInstallationAlarm,
  uuidToUlid,
} from '@paymatch/contracts';
import type { Clock, Logger } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import type { TextSealer } from '@paymatch/platform-secrets';
import { judgeAttempt } from '@paymatch/webhook-dispatch-domain';
import type { MailSender } from '@paymatch/platform-mail';
import { webhookDialects } from '../dialects/dialects.js';
import { ensureSecrets, findSecrets } from '../endpoints/signing-secret.store.js';
import { signedAttempt } from '../sender/signed-attempt.js';
import type { WebhookSender } from '../sender/webhook.sender.js';
import {
  endLateNotices,
  findQuietHours,
  freeChannel,
  saveNotices,
  shareOut,
  takeChannel,
  waitingAlarms,
  type AlarmChannel,
  type ChannelName,
  type WaitingAlarm,
} from './alarm-channel.store.js';
import { alarmMail } from './alarm.texts.js';
import { quietForMs } from './quiet-hours.js';

export interface AlarmNotifierOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly sealer: TextSealer;
  readonly sender: WebhookSender;
  /** `null`: this installation sends no mail. */
  readonly mail: MailSender | null;
  readonly publicUrl: string;
}

const MINUTE_MS = 60_000;
const SHARE_OUT_MAX = 500;
/** Longer than all that is sent while a channel is held: 20 attempts of 10 s. */
const HOLD_MS = 5 * MINUTE_MS;
const POSTS_MAX = 20;
const MAIL_ALARMS_MAX = 1_000;
/** Between two mails to the same people. */
const MAIL_PAUSE_MS = 5 * MINUTE_MS;
const RETRY_MAX_MS = 60 * MINUTE_MS;
/** What could not be told for a day is old news, and stays in the list. */
const TELL_WITHIN_MS = 24 * 60 * MINUTE_MS;

/**
 * Tells a merchant's people, and those who run the installation, of alarms: mail of all that waits at once, and one
 * signed request each to their notification endpoint, in order. What is sent here is no delivery: it is tried for a
 * day, and never counts into anybody's health.
 */
export class AlarmNotifier {
  constructor(private readonly options: AlarmNotifierOptions) {}

  /** `true` when there may be more to do. */
  async step(): Promise<boolean> {
    const { database, clock } = this.options;
    const channels: readonly ChannelName[] = this.options.mail === null ? ['endpoint'] : ['mail', 'endpoint'];
    const sharedCount = await shareOut(database, { channels, limit: SHARE_OUT_MAX });
    const nowMs = clock.nowMs();
    const channel = await takeChannel(database, { channels, nowMs, untilMs: nowMs + HOLD_MS });
    if (channel === null) return sharedCount === SHARE_OUT_MAX;
    await endLateNotices(database, channel, new Date(nowMs - TELL_WITHIN_MS));
    const freeAtMs = channel.channel === 'mail' ? await this.mail(channel) : await this.post(channel);
    await freeChannel(database, channel, freeAtMs);
    return true;
  }

  private async mail(channel: AlarmChannel): Promise<number> {
    const { database, clock, mail, publicUrl } = this.options;
    const quiet = await findQuietHours(database, channel);
    const quietMs = quiet === null ? 0 : quietForMs(quiet, clock.nowMs());
    if (quietMs > 0) return clock.nowMs() + quietMs;
    const alarms = await waitingAlarms(database, channel, MAIL_ALARMS_MAX);
    if (alarms.length === 0 || mail === null) return clock.nowMs();
    const { subject, text } = alarmMail(alarms, { livemode: channel.livemode, publicUrl });
    let error: string | null = null;
    try {
      await mail.send({ to: channel.targets, subject, text, messageId: alarms.at(-1)!.id });
    } catch (fault) {
      error = (fault as Error).message.slice(0, 200);
    }
    await this.save(channel, alarms, error);
    return clock.nowMs() + (error === null ? MAIL_PAUSE_MS : retryMs(alarms[0]!));
  }

  /** One after the other; the first that fails holds the rest back until its next turn. */
  private async post(channel: AlarmChannel): Promise<number> {
    const { database, clock, sealer } = this.options;
    const alarms = await waitingAlarms(database, channel, POSTS_MAX);
    const signer = alarmSigner(channel);
    await ensureSecrets(database, [signer], { sealer });
    for (const alarm of alarms) {
      const error = await this.postOne(channel, alarm, signer);
      await this.save(channel, [alarm], error);
      if (error !== null) return clock.nowMs() + retryMs(alarm);
    }
    return clock.nowMs();
  }

  private async postOne(channel: AlarmChannel, alarm: WaitingAlarm, signer: string): Promise<string | null> {
    const { database, clock, sealer, sender } = this.options;
    const nowMs = clock.nowMs();
    const body = renderAlarm(alarm, channel.livemode);
    const [secret, ...previous] = (await findSecrets(database, signer, nowMs)).map((sealed) =>
      sealer.open(sealed, signer),
    );
    const signed = webhookDialects.fastaar.sign({
      event: alarm.type,
      eventId: alarm.id,
      body,
      secrets: [secret!, ...previous],
      nowMs,
    });
    const { result } = await signedAttempt(sender, {
      url: channel.targets[0]!,
      body: Buffer.from(body, 'utf8'),
      ownHeaders: {},
      signed,
      secrets: [],
    });
    if (judgeAttempt(result, nowMs).kind === 'delivered') return null;
    return result.kind === 'answered' ? `answered ${result.httpStatus}` : result.error;
  }

  private async save(channel: AlarmChannel, alarms: readonly WaitingAlarm[], error: string | null): Promise<void> {
    const { database, clock, logger } = this.options;
    const alarmIds = alarms.map(({ id }) => id);
    await saveNotices(database, channel.channel, { alarmIds, error, isOver: false, nowMs: clock.nowMs() });
    if (error === null) return;
    const { merchantId, livemode } = channel;
    logger.warn('alarms could not be told; trying again', {
      channel: channel.channel,
      merchantId,
      livemode,
      error,
    });
  }
}

function retryMs({ attempts }: WaitingAlarm): number {
  return Math.min(MINUTE_MS * 2 ** Math.min(attempts, 10), RETRY_MAX_MS);
}

/** As its merchant knows it: contract A's by a ULID, contract B's by a UUID. */
function spelledFor(dialect: WaitingAlarm['dialect'], paymentId: string): string {
  return dialect === 'smartfastpay' ? paymentId : uuidToUlid(paymentId);
}

function renderAlarm(alarm: WaitingAlarm, livemode: boolean): string {
  const { details } = alarm;
  return JSON.stringify({
    id: alarm.id,
    event: alarm.type,
    livemode,
    created_at: alarm.at.toISOString(),
    data: isInstallationAlarm(alarm.type)
      ? installationAlarmFields(details)
      : {
          endpoint_id: alarm.endpoint_id,
          delivery_id: alarm.delivery_id,
          payment_id: alarm.payment_id === null ? null : spelledFor(alarm.dialect, alarm.payment_id),
          ...alarmDetailFields(details),
        },
  });
}
