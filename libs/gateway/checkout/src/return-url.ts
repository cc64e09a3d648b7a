/** What a shop gets to know when its customer comes back (contract A, Checkout). */
export interface ReturnParameters {
  readonly paymentId: string;
  readonly invoiceId: string | null;
}

/**
 * The shop's URL with `payment_id`, `invoice_id` and `invoice_number` appended; its own query and fragment stay as they
 * are. `null` for no URL and for anything but http and https: a `javascript:` link would run in our page.
 */
export function returnUrl(target: string | null, parameters: ReturnParameters): string | null {
  if (target === null || !URL.canParse(target)) return null;
  const url = new URL(target);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  const added = [`payment_id=${encodeURIComponent(parameters.paymentId)}`];
  if (parameters.invoiceId !== null) {
    const invoice = encodeURIComponent(parameters.invoiceId);
    added.push(`invoice_id=${invoice}`, `invoice_number=${invoice}`);
  }
  // Text and not `searchParams`: that would re-spell the shop's own parameters (`%20` to `+`, `a` to `a=`).
  const [beforeFragment = '', fragment] = splitOnce(url.href, '#');
  const joint = !beforeFragment.includes('?') ? '?' : /[?&]$/.test(beforeFragment) ? '' : '&';
  return `${beforeFragment}${joint}${added.join('&')}${fragment === undefined ? '' : `#${fragment}`}`;
}

function splitOnce(text: string, mark: string): readonly [string, string | undefined] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
