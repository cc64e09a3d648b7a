/**
 * The id of a refund that was recorded before refunds were numbered: made from its moment and its payment, since it
 * must be the same whoever asks. Numbers drawn for later refunds count from 1 and stay far below.
 */
export function earlyRefundId(refund: {
  readonly paymentId: string;
  readonly version: number;
  readonly at: string;
}): number {
  const low = (Number.parseInt(refund.paymentId.slice(-3), 16) + refund.version) & 0xfff;
  return Date.parse(refund.at) * 0x1000 + low;
}
