import { parseArgs } from 'node:util';
import { isUuid } from '@paymatch/contracts';
import { accessSettings, createAccessStores } from '@paymatch/gateway-access';
import { systemClock } from '@paymatch/platform-observability';
import { withGatewayDatabase } from './gateway-database.js';
import { readSettings, UsageError, type OpsCommand } from './ops-command.js';

const TIMEOUT_MS = 120_000;

/** The running services do it, since each of them has a part of what is kept; asked as the merchant would ask. */
export const customerCommand: OpsCommand = {
  name: 'customer',
  usage: 'customer erase --merchant <id> --customer <id> --reason <text>',
  summary: "take a customer's personal data out of everything that is kept; cannot be undone",
  help: [
    '--customer  the number (contract A), or the UUID by which the panel lists the customer (contract B)',
    '--reason    why, for the audit log; without the name of the person',
    '--test      a customer of test mode',
    '--gateway   where the gateway listens; http://127.0.0.1:$PORT by default',
    'What goes and what stays: docs/how-to/keep-and-erase.md.',
  ].join('\n'),
  async run(args) {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        merchant: { type: 'string' },
        customer: { type: 'string' },
        reason: { type: 'string' },
        test: { type: 'boolean', default: false },
        gateway: { type: 'string', default: `http://127.0.0.1:${process.env.PORT ?? '3000'}` },
      },
    });
    const { merchant: merchantId = '', customer, reason, test, gateway } = values;
    if (positionals[0] !== 'erase' || !isUuid(merchantId) || !customer || !reason)
      throw new UsageError(`customer is called as: ${this.usage}`);
    const { secret } = readSettings(accessSettings);
    await withGatewayDatabase(async (database) => {
      const { keys } = createAccessStores({ database, secret, clock: systemClock });
      const owner = { merchantId, livemode: !test };
      const { keyId, key } = await keys.issue({ ...owner, abilities: ['account:write'], name: 'ops customer erase' });
      try {
        console.log(
          await erased(`${gateway}/api/panel/v1/customers/${encodeURIComponent(customer)}/erase`, key, reason),
        );
      } finally {
        await keys.revoke(merchantId, keyId);
      }
    });
    return 0;
  },
};

async function erased(url: string, key: string, reason: string): Promise<string> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ reason }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answer = (await response.json()) as { readonly data?: Record<string, unknown>; readonly detail?: string };
  if (answer.data === undefined) throw new Error(answer.detail ?? `the gateway answered ${response.status}`);
  const { payments, customer_id: customerId, has_more: hasMore, published } = answer.data;
  return [
    `${String(payments)} payments name nobody any more; the customer is ${String(customerId)} from now on`,
    ...(hasMore === true || published === 'later' ? ['something is left: call this once more'] : []),
    ...(published === 'kept' ? ['the topics keep what was published: see docs/how-to/keep-and-erase.md'] : []),
  ].join('\n');
}
