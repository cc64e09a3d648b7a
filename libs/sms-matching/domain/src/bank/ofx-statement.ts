import { findPayer } from './payer.js';
import {
  calendarDay,
  hasBadText,
  onlyFault,
  readStatementAmount,
  statementLinesMax,
  type Statement,
  type StatementFault,
  type StatementLine,
} from './statement.js';

/** An element of OFX: version 1 is SGML that closes no value, version 2 is XML; one reader takes both. */
const ELEMENT = /<(\/?)([A-Za-z][A-Za-z0-9._]{0,40})>([^<\r\n]*)/g;
const ENTITY = /&(amp|lt|gt|quot|apos|nbsp|#\d{1,6});/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

interface Movement {
  readonly startsAt: number;
  readonly account: string | null;
  readonly fields: Map<string, string>;
}

interface Reading {
  readonly movements: readonly (Movement & { readonly endsAt: number })[];
  readonly currencies: ReadonlySet<string>;
  readonly isCard: boolean;
}

/** Reads an OFX bank statement (OFX 1.0.3 and 2.x, section 11.4): its movements, with the account they are on. */
export function readOfxStatement(text: string): Statement {
  if (hasBadText(text)) return onlyFault('bad_text');
  const begin = text.search(/<OFX>/i);
  if (begin < 0) return onlyFault('not_a_statement');
  const { movements, currencies, isCard } = readMovements(text, begin);
  // A card's statement lists what was bought and the bill that was paid: none of it is money on an account.
  if (isCard) return onlyFault('not_a_bank_account');
  if ([...currencies].some((currency) => currency !== 'BRL')) return onlyFault('not_in_brl');
  if (movements.length > statementLinesMax) return onlyFault('too_many_lines');
  const lines: StatementLine[] = [];
  const faults: StatementFault[] = [];
  let [counted, lineNo] = [0, 1];
  for (const movement of movements) {
    lineNo += text.slice(counted, movement.startsAt).match(/\n/g)?.length ?? 0;
    counted = movement.startsAt;
    const read = readMovement(movement, { lineNo, text: text.slice(movement.startsAt, movement.endsAt).trimEnd() });
    if ('problem' in read) faults.push(read);
    else lines.push(read);
  }
  return { lines, faults };
}

function readMovements(text: string, begin: number): Reading {
  const movements: (Movement & { endsAt: number })[] = [];
  const currencies = new Set<string>();
  let isCard = false;
  let [bank, account]: (string | null)[] = [null, null];
  let open: Movement | null = null;
  const close = (endsAt: number): void => {
    if (open !== null) movements.push({ ...open, endsAt });
    open = null;
  };
  ELEMENT.lastIndex = begin;
  for (let found = ELEMENT.exec(text); found !== null; found = ELEMENT.exec(text)) {
    const [whole, slash, name, value] = [
      found[0],
      found[1] === '/',
      found[2]!.toUpperCase(),
      unescape(found[3]!).trim(),
    ];
    if (name === 'STMTTRN' || name === 'BANKTRANLIST') {
      close(slash && name === 'STMTTRN' ? found.index + whole.length : found.index);
      if (!slash && name === 'STMTTRN')
        open = {
          startsAt: found.index,
          account: account === null ? null : [bank, account].filter((part) => part !== null).join('/'),
          fields: new Map(),
        };
    } else if (!slash && open !== null) (open as Movement).fields.set(name, value);
    else if (!slash && name === 'CURDEF') currencies.add(value.toUpperCase());
    else if (name === 'CCSTMTRS') isCard = true;
    else if (!slash && name === 'BANKID') bank = value;
    else if (!slash && name === 'ACCTID') account = value;
  }
  close(text.length);
  return { movements, currencies, isCard };
}

function readMovement(
  { fields, account }: Movement,
  place: { readonly lineNo: number; readonly text: string },
): StatementLine | StatementFault {
  const posted = /^(\d{4})(\d{2})(\d{2})/.exec(fields.get('DTPOSTED') ?? '');
  const postedOn = posted === null ? null : calendarDay(Number(posted[1]), Number(posted[2]), Number(posted[3]));
  if (postedOn === null) return { lineNo: place.lineNo, problem: 'bad_date' };
  const amountMinor = readStatementAmount(fields.get('TRNAMT') ?? '');
  if (amountMinor === null) return { lineNo: place.lineNo, problem: 'bad_amount' };
  const [name = '', memo = ''] = [fields.get('NAME'), fields.get('MEMO')];
  const description = memo.includes(name) ? memo : name.includes(memo) ? name : `${name} - ${memo}`;
  const bankId = fields.get('FITID') ?? '';
  return {
    ...place,
    postedOn,
    amountMinor,
    description,
    payer: findPayer(description),
    bankId: bankId === '' ? null : bankId,
    balanceMinor: null,
    account,
  };
}

function unescape(value: string): string {
  return value.replace(ENTITY, (_whole, name: string) => ENTITIES[name] ?? character(Number(name.slice(1))));
}

/**
 * XML knows no NUL and no halves of a surrogate pair (XML 1.0, section 2.2), and no table keeps them; a line break
 * would break the line.
 */
function character(code: number): string {
  if (code === 9 || code === 10 || code === 13) return ' ';
  const isText = code >= 0x20 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) && (code < 0x7f || code > 0x9f);
  return isText ? String.fromCodePoint(code) : '\ufffd';
}
