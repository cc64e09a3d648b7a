import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'gateway', name: 'api_keys' })
export class ApiKeyRow {
  @PrimaryColumn({ type: 'uuid' }) id!: string;
  @Column({ type: 'uuid', name: 'merchant_id' }) merchantId!: string;
  @Column({ type: 'boolean' }) livemode!: boolean;
  @Column({ type: 'text', nullable: true }) name!: string | null;
  @Column({ type: 'text' }) prefix!: string;
  @Column({ type: 'bytea', name: 'key_hash', select: false }) keyHash!: Buffer;
  @Column({ type: 'text', array: true }) abilities!: string[];
  @Column({ type: 'int', name: 'rate_limit_per_minute' }) rateLimitPerMinute!: number;
  @Column({ type: 'timestamptz', name: 'expires_at', nullable: true }) expiresAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'revoked_at', nullable: true }) revokedAt!: Date | null;
  @Column({ type: 'timestamptz', name: 'created_at' }) createdAt!: Date;
}

/** Tables written and read one row at a time; merchants and idempotency keys are plain SQL. */
export const accessEntities = [ApiKeyRow];
