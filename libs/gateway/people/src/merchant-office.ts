import {
  abilities as everyAbility,
  MerchantDirectory,
  PlansStore,
  type Ability,
  type AccessStores,
  type ListedMerchant,
  type MerchantsAdmin,
} from '@paymatch/gateway-access';
import type { Database, Tx } from '@paymatch/platform-postgres';
import type { AuditActor, AuditLog } from './audit-log.js';
import type { UsersStore } from './users.store.js';

/** A subscription was asked to a plan that nobody has defined; nothing was changed. */
export class UnknownPlan extends Error {
  override readonly name = 'UnknownPlan';
}

export interface NewMerchant {
  readonly name: string;
  /** The modes of its first keys, which may do everything. */
  readonly keysFor: readonly Mode[];
  /** Whoever makes it becomes its owner. */
  readonly ownerId?: string;
}

export interface MerchantChanges {
  readonly name?: string;
  readonly plan?: { readonly id: string; readonly until: string };
}

export type Mode = 'live' | 'test';

interface Change {
  readonly actor: AuditActor;
  readonly merchantId: string;
  readonly action: string;
  readonly reason?: string;
}

/** What operators do with merchants, in the console or a shell: each with its line in the audit log, or not at all. */
export class MerchantOffice {
  private readonly directory: MerchantDirectory;
  private readonly plans: PlansStore;

  constructor(
    private readonly stores: {
      readonly database: Database;
      readonly merchants: Pick<MerchantsAdmin, 'create' | 'setStatus'>;
      readonly keys: Pick<AccessStores['keys'], 'issue'>;
      readonly users: UsersStore;
      readonly audit: AuditLog;
    },
  ) {
    this.directory = new MerchantDirectory(stores.database);
    this.plans = new PlansStore(stores.database);
  }

  /** The keys in the order in which their modes were asked for; each is shown this once. */
  create(
    actor: AuditActor,
    { name, keysFor, ownerId }: NewMerchant,
  ): Promise<{ readonly id: string; readonly keys: readonly string[] }> {
    const { database, merchants, keys, users, audit } = this.stores;
    return database.transaction(async (tx) => {
      const { id } = await merchants.create({ name }, tx);
      const made: string[] = [];
      for (const mode of keysFor) {
        const { key } = await keys.issue({ merchantId: id, livemode: mode === 'live', abilities: everyAbility }, tx);
        made.push(key);
      }
      if (ownerId !== undefined) await users.join({ merchantId: id, userId: ownerId, role: 'owner' }, tx);
      const after = { name, as_owner: ownerId !== undefined, keys: keysFor };
      await audit.write(actor, { merchantId: id, action: 'merchant created', subject: id, after }, tx);
      return { id, keys: made };
    });
  }

  /** `false` when there is no such merchant. */
  change(actor: AuditActor, merchantId: string, { name, plan }: MerchantChanges): Promise<boolean> {
    return this.changed({ actor, merchantId, action: 'merchant changed' }, async (tx) => {
      if (name !== undefined) await this.directory.rename(merchantId, name, tx);
      if (plan !== undefined) {
        const subscription = { merchantId, planId: plan.id, activeUntil: new Date(plan.until) };
        if (!(await this.plans.subscribe(subscription, tx))) throw new UnknownPlan(`there is no plan ${plan.id}`);
      }
      return { ...(name !== undefined && { name }), ...(plan !== undefined && { plan }) };
    });
  }

  /** `false` when there is no such merchant. */
  suspend(actor: AuditActor, merchantId: string, reason: string): Promise<boolean> {
    return this.changed({ actor, merchantId, action: 'merchant suspended', reason }, (tx) =>
      this.setStatus(merchantId, 'suspended', tx),
    );
  }

  /** `false` when there is no such merchant. */
  resume(actor: AuditActor, merchantId: string): Promise<boolean> {
    return this.changed({ actor, merchantId, action: 'merchant resumed' }, (tx) =>
      this.setStatus(merchantId, 'active', tx),
    );
  }

  /** The key, shown this once; `null` when there is no such merchant. */
  async issueKey(
    actor: AuditActor,
    merchantId: string,
    wanted: { readonly mode: Mode; readonly abilities?: readonly Ability[]; readonly name?: string },
  ): Promise<string | null> {
    const { mode, ...rest } = wanted;
    let issued: string | null = null;
    await this.changed({ actor, merchantId, action: 'api key issued' }, async (tx) => {
      const { keyId, key } = await this.stores.keys.issue({ merchantId, livemode: mode === 'live', ...rest }, tx);
      issued = key;
      return { id: keyId, mode, ...rest };
    });
    return issued;
  }

  private async setStatus(merchantId: string, status: ListedMerchant['status'], tx: Tx): Promise<object> {
    await this.stores.merchants.setStatus(merchantId, status, tx);
    return { status };
  }

  /** One change to a merchant, written down as it was and as it is, in one transaction. */
  private changed(
    { actor, merchantId, action, reason }: Change,
    change: (tx: Tx) => Promise<object>,
  ): Promise<boolean> {
    const { database, audit } = this.stores;
    return database.transaction(async (tx) => {
      const merchant = await this.directory.lock(merchantId, tx);
      if (merchant === null) return false;
      const before = renderListedMerchant(merchant);
      const after = await change(tx);
      await audit.write(actor, { merchantId, action, subject: merchantId, before, after, reason: reason ?? null }, tx);
      return true;
    });
  }
}

/** As the panel shows it, and as the audit log keeps it. */
export function renderListedMerchant(merchant: ListedMerchant) {
  const { id, name, status, createdAt, planId, planUntil } = merchant;
  return {
    id,
    name,
    status,
    created_at: createdAt.toISOString(),
    plan: planId === null ? null : { id: planId, until: planUntil?.toISOString() ?? null },
  };
}
