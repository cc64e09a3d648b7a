import { gatewayService } from '@paymatch/gateway-service';
import { paymentsService } from '@paymatch/payments-feature';
import { choice, databaseUrl, integer, ownSecret, text, type Setting } from '@paymatch/platform-config';
import { metricsToken, parkedKeptDays, tracingSettings } from '@paymatch/platform-service';
import { smsMatchingService } from '@paymatch/sms-matching-feature';
import { webhookDispatchService } from '@paymatch/webhook-dispatch-feature';

/** Written where a value is made at start unless somebody sets it. */
export const AUTOMATIC = 'automatic';

/**
 * Settings of the whole gateway in one process. Nothing must be set in development; production trusts nothing by
 * default.
 */
export function standaloneSettings(isProduction: boolean) {
  const automatic = <T extends Setting<string>>(setting: T): T =>
    isProduction ? setting : { ...setting, default: AUTOMATIC };
  const gateway = gatewayService.settings(isProduction);
  return {
    profile: choice({
      env: 'PAYMATCH_PROFILE',
      doc: 'production refuses a generated secret, makes no demo merchant and sends webhooks to public https addresses only',
      default: 'development',
      of: ['development', 'production'],
    }),
    port: integer({
      env: 'PORT',
      doc: 'Port the gateway listens on; 0 picks a free one',
      default: 3000,
      min: 0,
      max: 65_535,
    }),
    host: text({ env: 'PAYMATCH_HOST', doc: 'Address the gateway listens on', default: '127.0.0.1' }),
    dataDir: text({
      env: 'PAYMATCH_DATA',
      doc: 'Folder of the embedded database, the generated secret and demo.json',
      default: '.paymatch',
    }),
    databaseUrl: databaseUrl({ doc: 'A PostgreSQL to use instead of the embedded one', default: AUTOMATIC }),
    logLevel: choice({
      env: 'PAYMATCH_LOG_LEVEL',
      doc: 'Least severity that is logged',
      default: isProduction ? 'info' : 'warn',
      of: ['debug', 'info', 'warn', 'error'],
    }),
    stopDeadlineMs: integer({
      env: 'PAYMATCH_STOP_DEADLINE_MS',
      doc: 'Milliseconds to finish what is in hand after SIGTERM',
      default: 15_000,
      min: 100,
      max: 600_000,
    }),
    parkedKeptDays,
    ...tracingSettings,
    metricsToken: isProduction ? ownSecret(metricsToken) : metricsToken,
    ...paymentsService.settings(isProduction),
    ...smsMatchingService.settings(isProduction),
    ...webhookDispatchService.settings(isProduction),
    ...gateway,
    publicUrl: automatic(gateway.publicUrl),
    secret: automatic(gateway.secret),
  };
}
