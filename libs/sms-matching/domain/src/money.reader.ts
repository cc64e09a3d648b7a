/** How a provider groups digits: `1,62,300.00` (lakh), `162,300.00` (western), `162300.00` (plain), `1.234,56` (br). */
export type Grouping = 'western' | 'lakh' | 'plain' | 'br';

/**
 * Bangladesh's messages mix the three even within one bank; their values agree, so all are read and none is guessed.
 */
export const taka: readonly Grouping[] = ['western', 'lakh', 'plain'];

const WHOLE: Readonly<Record<Grouping, RegExp>> = {
  western: /^[0-9]{1,3}(?:,[0-9]{3}){1,4}$/,
  lakh: /^[0-9]{1,2}(?:,[0-9]{2}){1,5},[0-9]{3}$/,
  plain: /^[0-9]{1,13}$/,
  br: /^[0-9]{1,3}(?:\.[0-9]{3}){0,4}$/,
};
const FRACTION = /^[0-9]{1,2}$/;

/**
 * Minor units of a printed sum, or `null` when its grouping or its decimals are not what the provider prints. Never a
 * float.
 */
export function readMoney(printed: string, groupings: readonly Grouping[]): number | null {
  const mark = groupings.includes('br') ? ',' : '.';
  const cut = printed.lastIndexOf(mark);
  const whole = cut < 0 ? printed : printed.slice(0, cut);
  const fraction = cut < 0 ? '' : printed.slice(cut + 1);
  if (cut >= 0 && !FRACTION.test(fraction)) return null;
  // ".07" and ".00" are printed without a leading digit by EBL and Rocket.
  if (whole === '') return cut < 0 ? null : Number(fraction.padEnd(2, '0'));
  if (!groupings.some((grouping) => WHOLE[grouping].test(whole))) return null;
  return Number(whole.replace(/[.,]/g, '')) * 100 + Number(fraction.padEnd(2, '0'));
}

/** Two decimals, a point, no grouping: `2231.40`. */
export function printMinor(minor: number): string {
  const digits = Math.abs(minor).toString().padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
