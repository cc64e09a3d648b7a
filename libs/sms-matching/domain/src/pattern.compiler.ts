import { escapeRegExp, timePattern } from './printed-time.js';
import type { Template } from './template.js';

const SHORTHAND = /\{([a-z_]+)(~?)\}/g;
const DECIMAL_MARK = { br: ',', other: '\\.' };
const REF_LENGTH_MAX = 120;

/** The whole regular expression behind a template's pattern. Throws on a shorthand the template has no rule for. */
export function expandPattern(template: Template): string {
  return template.pattern.replace(SHORTHAND, (_shorthand: string, name: string, loose: string) =>
    expand(template, name, loose === '~'),
  );
}

function expand(template: Template, name: string, loose: boolean): string {
  switch (name) {
    case 'amount':
    case 'fee':
    case 'balance':
      return `(?<${name}>${moneyPattern(template, loose)})`;
    case 'msisdn':
      return '(?<counterparty>01[0-9]{9})';
    case 'ref':
      return `(?<ref>[^\\n]{0,${REF_LENGTH_MAX}})`;
    case 'tail':
      return template.tails.length === 1 && template.tails[0] === ''
        ? ''
        : `(?:${template.tails.map(escapeRegExp).join('|')})`;
    case 'at':
      if (template.at === null) break;
      return timePattern(template.at);
    case 'trx_id':
      if (template.trxId === null) break;
      return `(?<trx_id>${template.trxId.shape})`;
  }
  throw new Error(`template ${template.id}: no rule for {${name}}`);
}

/** Only the letters of a sum; grouping and decimals are judged by `readMoney`, which can say what is wrong. */
function moneyPattern(template: Template, loose: boolean): string {
  const mark = template.money.includes('br') ? DECIMAL_MARK.br : DECIMAL_MARK.other;
  const group = template.money.includes('br') ? '.' : ',';
  const whole = `[0-9][0-9${group}]{0,15}`;
  return loose ? `(?:${whole}(?:${mark}[0-9]{1,2})?|${mark}[0-9]{1,2})` : `${whole}${mark}[0-9]{2}`;
}
