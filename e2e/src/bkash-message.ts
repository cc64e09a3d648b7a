/** A text as a customer's or merchant's phone gets it. */
export interface Sms {
  readonly sender: string;
  readonly body: string;
  readonly sentAt: string;
  readonly trxId: string;
}

export const senderNumber = '01712345678';
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A message of bKash about now, or some minutes ago, with an id that carries its day as bKash's do. */
export function sms({
  amount = '500.00',
  from = senderNumber,
  minutesAgo = 0,
  text,
}: {
  readonly amount?: string;
  readonly from?: string;
  readonly minutesAgo?: number;
  readonly text?: (trxId: string, at: string) => string;
} = {}): Sms {
  const at = new Date(Date.now() - minutesAgo * 60_000);
  const [date, clock] = [
    new Date(at.getTime() + 6 * 3_600_000).toISOString().slice(0, 10),
    new Date(at.getTime() + 6 * 3_600_000).toISOString().slice(11, 16),
  ];
  const [year, month, day] = date.split('-') as [string, string, string];
  const trxId = `${DIGITS[Number(year) - 2013]}${DIGITS[9 + Number(month)]}${DIGITS[Number(day)]}${Array.from({ length: 7 }, () => DIGITS[Math.floor(Math.random() * 36)]).join('')}`;
  const printed = `${day}/${month}/${year} ${clock}`;
  const receipt =
    `You have received Tk ${Number(amount).toLocaleString('en-US', { minimumFractionDigits: 2 })} from ${from}. Fee ` +
    `Tk 0.00. Balance Tk 12,345.67. TrxID ${trxId} at ${printed}`;
  return { sender: 'bKash', body: text?.(trxId, printed) ?? receipt, sentAt: at.toISOString(), trxId };
}
