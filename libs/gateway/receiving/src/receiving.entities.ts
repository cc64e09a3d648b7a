import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { AccountType } from '@paymatch/contracts';

@Entity({ schema: 'gateway', name: 'wallets' })
export class WalletRow {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'merchant_id' }) merchantId!: string;
  @Column({ type: 'boolean' }) livemode!: boolean;
  @Column({ type: 'text' }) provider!: string;
  @Column({ type: 'text' }) number!: string;
  @Column({ type: 'text', name: 'account_type' }) accountType!: AccountType;
  @Column({ type: 'text' }) status!: 'active' | 'closed';
  @Column({ type: 'text', name: 'account_name', nullable: true }) accountName!: string | null;
  @Column({ type: 'bigint', name: 'payment_min_minor', nullable: true }) paymentMinMinor!: number | null;
  @Column({ type: 'bigint', name: 'payment_max_minor', nullable: true }) paymentMaxMinor!: number | null;
  @Column({ type: 'bigint', name: 'day_max_minor', nullable: true }) dayMaxMinor!: number | null;
  @Column({ type: 'bigint', name: 'month_max_minor', nullable: true }) monthMaxMinor!: number | null;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}

@Entity({ schema: 'gateway', name: 'devices' })
export class DeviceRow {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'merchant_id' }) merchantId!: string;
  @Column({ type: 'boolean' }) livemode!: boolean;
  @Column({ type: 'text' }) name!: string;
  @Column({ type: 'bytea', name: 'secret_sealed' }) secretSealed!: Buffer;
  @Column({ type: 'bytea', name: 'previous_secret_sealed', nullable: true }) previousSecretSealed!: Buffer | null;
  @Column({ type: 'timestamptz', name: 'previous_secret_until', nullable: true }) previousSecretUntil!: Date | null;
  @Column({ type: 'text' }) status!: 'active' | 'revoked';
  @Column({ type: 'jsonb' }) wallets!: { walletId: string; simSlot: number | null }[];
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}

/** Tables written and read one row at a time. */
export const receivingEntities = [WalletRow, DeviceRow];
