/** A field of a message and where its text stands, in UTF-16 units; `to` is not included. */
export interface FieldPlace {
  readonly field: 'amount' | 'trx_id' | 'sender' | 'balance' | 'fee';
  readonly from: number;
  readonly to: number;
}

interface ReadFields {
  readonly amountMinor: number | null;
  readonly trxId: string | null;
  readonly counterparty: string | null;
  readonly balanceMinor: number | null;
  readonly feeMinor: number | null;
}

/** Sums as messages print them, in either digits, with either separator. */
const SUM = /[0-9][0-9.,]*[0-9]|[0-9]/g;

/**
 * Where the fields that were read stand in the text, for people to compare. Sums are found by what they come to, in the
 * order in which notices print them; a field whose text is not there as it was read is not marked.
 */
export function markFields(body: string, read: ReadFields): readonly FieldPlace[] {
  // One Bangla digit is one UTF-16 unit, as its Latin one is: places stay the same.
  const text = body.replace(/[০-৯]/g, (digit) => String(digit.charCodeAt(0) - 0x09e6));
  const places: FieldPlace[] = [];
  const isFree = (from: number, to: number): boolean => places.every((place) => to <= place.from || from >= place.to);
  const mark = (field: FieldPlace['field'], from: number, length: number): void => {
    if (from >= 0) places.push({ field, from, to: from + length });
  };
  if (read.trxId !== null) mark('trx_id', text.toUpperCase().indexOf(read.trxId.toUpperCase()), read.trxId.length);
  if (read.counterparty !== null) mark('sender', text.indexOf(read.counterparty), read.counterparty.length);
  const sums = [...text.matchAll(SUM)].map((match) => ({ from: match.index, text: match[0] }));
  for (const [field, minor] of [
    ['amount', read.amountMinor],
    ['fee', read.feeMinor],
    ['balance', read.balanceMinor],
  ] as const) {
    const found = sums.find(
      (sum) => minor !== null && minorsOf(sum.text).includes(minor) && isFree(sum.from, sum.from + sum.text.length),
    );
    if (found !== undefined) mark(field, found.from, found.text.length);
  }
  return places.sort((a, b) => a.from - b.from);
}

/** What a printed sum may come to: `1,557.00` and `1.557,00` are the same. */
function minorsOf(text: string): readonly number[] {
  const [, whole, decimals] = /^(.*?)(?:[.,]([0-9]{1,2}))?$/.exec(text)!;
  const digits = (part: string): string => part.replace(/[.,]/g, '');
  return [Number(digits(text)) * 100, Number(digits(whole!)) * 100 + Number((decimals ?? '').padEnd(2, '0'))];
}
