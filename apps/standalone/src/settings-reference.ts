import { gatewayService } from '@paymatch/gateway-service';
import { paymentsService } from '@paymatch/payments-feature';
import type { Schema, Setting } from '@paymatch/platform-config';
import { processSettings } from '@paymatch/platform-service';
import { smsMatchingService } from '@paymatch/sms-matching-feature';
import { webhookDispatchService } from '@paymatch/webhook-dispatch-feature';
import { standaloneSettings } from './standalone.settings.js';

type SchemaOf = (isProduction: boolean) => Schema;

const services: readonly { readonly name: string; readonly settings: SchemaOf }[] = [
  paymentsService,
  smsMatchingService,
  webhookDispatchService,
  gatewayService,
];

/** docs/reference/settings.md, made of the very schemas the services read their environment with. */
export function renderSettingsReference(): string {
  const ofServices = services.map(({ settings }) => new Map(byName(settings(false))));
  // What standalone takes from a service as it is stands with that service; what it has a default of its own for stands
  // here, too.
  const isOwn = ([env, setting]: readonly [string, Setting<unknown>]): boolean =>
    !ofServices.some((known) => known.has(env) && known.get(env)!.default === setting.default);
  const sections = [
    '# Settings',
    'Made from the code by `node scripts/settings-reference.mjs`; a test fails when this page is out of date.',
    'Every setting is an environment variable. In development (`PAYMATCH_PROFILE` other than `production`) nothing must be set for `npm start`. A missing, malformed or unknown `PAYMATCH_*` variable stops the start with its name; every problem is named at once. The effective settings are logged at the start, secrets as `set` or `unset`. A secret may be given as a file instead: `PAYMATCH_SECRET_FILE=/run/secrets/paymatch` stands for `PAYMATCH_SECRET`, and so for every variable marked *secret*.',
    '## All services in one process (`npm start`)',
    'These, and those of every service below. `automatic` = made or found at the start.',
    table(standaloneSettings, isOwn),
    '## One service in a process of its own (the cluster)',
    'These, and those of the service below.',
    table(processSettings, () => true),
    ...services.flatMap(({ name, settings }) => [`## ${name}`, table(settings, () => true)]),
    "## The operators' shell (`npm run ops`)",
    'Commands that work on the database read `DATABASE_URL` and `PAYMATCH_DATABASE_PASSWORD`, `topics` reads every `PAYMATCH_KAFKA_*`, `merchant` and `demo` read `PAYMATCH_SECRET`. `demo` refuses production (`PAYMATCH_PROFILE`) and an installation that has merchants of its own; `merchant` makes one of those. `migrate` makes or updates the database role of each service whose `PAYMATCH_<SERVICE>_DB_PASSWORD` is set, `<SERVICE>` being ' +
      `${services.map(({ name }) => `\`${name.replaceAll('-', '_').toUpperCase()}\``).join(', ')}.`,
  ];
  return `${sections.join('\n\n')}\n`;
}

function byName(schema: Schema): readonly (readonly [string, Setting<unknown>])[] {
  return Object.values(schema).flatMap((setting) => {
    const { completedBy } = setting;
    const further = completedBy && { ...completedBy, default: '', isSecret: true, parse: () => undefined };
    return [setting, ...(further ? [further] : [])].map((shown) => [shown.env, shown] as const);
  });
}

function table(settings: SchemaOf, isShown: (entry: readonly [string, Setting<unknown>]) => boolean): string {
  const inProduction = new Map(byName(settings(true)));
  const rows = byName(settings(false))
    .filter(isShown)
    .map(
      ([env, setting]) =>
        `| \`${env}\` | ${sentence(setting.doc)} | ${defaults(setting, inProduction.get(env)!)} | ` +
        `${accepted(setting)}${setting.isSecret ? '; secret' : ''} |`,
    );
  return ['| variable | meaning | default | value |', '|---|---|---|---|', ...rows].join('\n');
}

function defaults(development: Setting<unknown>, production: Setting<unknown>): string {
  const show = ({ default: value }: Setting<unknown>): string =>
    value === undefined ? 'must be set' : `\`${String(value)}\``;
  return show(development) === show(production)
    ? show(development)
    : `${show(development)}, in production ${show(production)}`;
}

/** What the setting itself says when it is given nothing. */
function accepted(setting: Setting<unknown>): string {
  try {
    setting.parse('');
    return 'any text';
  } catch (error) {
    return (error as Error).message.replace(/^must (be|have) /, '').replace(/^must not be empty$/, 'text');
  }
}

function sentence(doc: string): string {
  const text = doc.replace(/\.$/, '').replaceAll('|', '\\|');
  return text[0]!.toUpperCase() + text.slice(1);
}
