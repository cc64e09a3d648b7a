import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gatewayService } from '@paymatch/gateway-service';
import { paymentsService } from '@paymatch/payments-feature';
import { variablesOf, type Schema } from '@paymatch/platform-config';
import { processSettings } from '@paymatch/platform-service';
import { smsMatchingService } from '@paymatch/sms-matching-feature';
import { webhookDispatchService } from '@paymatch/webhook-dispatch-feature';
import { parse } from 'yaml';

const root = path.resolve(__dirname, '../../..');
type Service = Readonly<Record<string, unknown>> & { readonly environment?: Readonly<Record<string, string>> };
const { services } = parse(readFileSync(path.join(root, 'docker-compose.yml'), 'utf8'), { merge: true }) as {
  readonly services: Readonly<Record<string, Service>>;
};
const ours: readonly { readonly name: string; readonly settings: (isProduction: boolean) => Schema }[] = [
  paymentsService,
  smsMatchingService,
  webhookDispatchService,
  gatewayService,
];

/** What the file itself decides, and why. */
const DECIDED = new Set([
  'PAYMATCH_HOST', // the container's network
  'PORT', // what the proxy and the health check ask
  'PAYMATCH_STOP_DEADLINE_MS', // shorter than the grace period
  'DATABASE_URL', // the service's own role: PAYMATCH_POSTGRES names the server
  'DATABASE_URL_FILE',
  'PAYMATCH_TRUSTED_PROXIES', // PAYMATCH_OUTER_PROXIES and the file's own network
]);
/** Named so that each service's differs. */
const RENAMED: Readonly<Record<string, RegExp>> = {
  PAYMATCH_DATABASE_PASSWORD: /^\$\{[A-Z_]+_DB_PASSWORD:-\}$/,
  PAYMATCH_DATABASE_PASSWORD_FILE: /^\$\{[A-Z_]+_DB_PASSWORD_FILE:-\}$/,
};

describe.each(ours)('the compose file’s $name', ({ name, settings }) => {
  const environment = services[name]!.environment!;
  const known = new Set([...variablesOf(processSettings(true)), ...variablesOf(settings(true))]);

  it('takes every setting from .env by its name', () => {
    const unreachable = [...known]
      .filter((variable) => !DECIDED.has(variable))
      .filter((variable) => {
        const renamed = RENAMED[variable];
        const given = environment[variable] ?? '';
        return renamed === undefined ? !given.startsWith(`\${${variable}:`) : !renamed.test(given);
      });
    expect(unreachable).toEqual([]);
  });

  it('is given no variable that it does not know', () => {
    expect(Object.keys(environment).filter((variable) => !known.has(variable))).toEqual([]);
  });

  it('may do no more than it needs: no rights of root’s, nothing to write, a log with an end', () => {
    const { cap_drop, security_opt, read_only, logging } = services[name]!;
    expect([cap_drop, security_opt, read_only]).toEqual([['ALL'], ['no-new-privileges:true'], true]);
    expect(logging).toMatchObject({ driver: 'json-file', options: { 'max-size': '20m', 'max-file': '5' } });
  });
});

describe('every image of the compose files', () => {
  it('is of one version, and each container’s log has an end', () => {
    const beside = parse(readFileSync(path.join(root, 'docker-compose.observability.yml'), 'utf8')) as {
      readonly services: Readonly<Record<string, Service>>;
    };
    for (const name of new Set([...Object.keys(services), ...Object.keys(beside.services)])) {
      const { image, logging } = { ...services[name], ...beside.services[name] };
      if (image !== undefined) expect([name, image]).toEqual([name, expect.stringMatching(/:v?\d+\.\d+(?:\.\d+)?$/)]);
      expect([name, logging]).toEqual([name, expect.objectContaining({ driver: 'json-file' })]);
    }
  });
});
