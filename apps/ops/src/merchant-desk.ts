import { isUuid, newId } from '@paymatch/contracts';
import { accessSettings, createAccessStores } from '@paymatch/gateway-access';
import { createPeopleStores, MerchantOffice, UnknownPlan, type AuditActor } from '@paymatch/gateway-people';
import { systemClock } from '@paymatch/platform-observability';
import type { Database } from '@paymatch/platform-postgres';
import { withGatewayDatabase } from './gateway-database.js';
import { readSettings, UsageError } from './ops-command.js';

export interface MerchantDesk {
  readonly office: MerchantOffice;
  readonly database: Database;
  /** Who stands in the audit log for what is done from a shell. */
  readonly actor: AuditActor;
}

/** Lends one command what operators do with merchants; what it is told by mistake ends as a sentence. */
export async function withMerchantDesk(work: (desk: MerchantDesk) => Promise<void>): Promise<void> {
  const { secret } = readSettings(accessSettings);
  await withGatewayDatabase(async (database) => {
    const options = { database, secret, clock: systemClock };
    const { users, audit } = createPeopleStores(options);
    const office = new MerchantOffice({ database, ...createAccessStores(options), users, audit });
    try {
      await work({ office, database, actor: shellActor() });
    } catch (error) {
      throw error instanceof UnknownPlan ? new UsageError(`${error.message}; \`ops plan\` lists them`) : error;
    }
  });
}

/** Who did it, and from where, is known to the machine alone. */
export function shellActor(): AuditActor {
  return { userId: null, keyId: null, who: 'ops operator', address: '', requestId: newId() };
}

export function merchantIdOf(text: string | undefined): string {
  const id = text?.toLowerCase() ?? '';
  if (!isUuid(id)) throw new UsageError('--merchant is the id of a merchant, as `ops merchant list` shows it');
  return id;
}

export function noMerchant(merchantId: string): UsageError {
  return new UsageError(`there is no merchant ${merchantId}; \`ops merchant list\` shows those there are`);
}

/** The last moment of a day in UTC. */
export function endOfDay(text: string | undefined): Date {
  const end = /^\d{4}-\d{2}-\d{2}$/.test(text ?? '') ? new Date(`${text}T23:59:59.999Z`) : null;
  if (end === null || Number.isNaN(end.getTime()) || !end.toISOString().startsWith(text!))
    throw new UsageError('--until is a day such as 2027-01-31');
  return end;
}
