import { operatorSecret } from '@paymatch/platform-config';

/** Settings of whoever opens the gateway's doors. */
export const accessSettings = { secret: operatorSecret };
