import { Validate } from 'class-validator';
import { FieldConstraint } from '@paymatch/gateway-edge';
import { deviceWalletsRule, integerRule, lineRule, optional } from './panel.rules.js';

/** Longer would be no rotation; by then every phone has been in somebody's hand. */
export const OVERLAP_MINUTES_MAX = 1_440;

export class NewDeviceDto {
  @Validate(FieldConstraint, [lineRule('name', 100)]) name!: string;
  @Validate(FieldConstraint, [deviceWalletsRule]) wallets!: readonly {
    readonly wallet_id: string;
    readonly sim_slot?: number | null;
  }[];
}

/** What is absent stays. */
export class ChangeDeviceDto {
  @Validate(FieldConstraint, [optional(lineRule('name', 100))]) name?: string;
  @Validate(FieldConstraint, [optional(deviceWalletsRule)]) wallets?: NewDeviceDto['wallets'];
}

export class RotateSecretDto {
  @Validate(FieldConstraint, [optional(integerRule('overlap_minutes', 0, OVERLAP_MINUTES_MAX))])
  overlap_minutes?: number;
}
