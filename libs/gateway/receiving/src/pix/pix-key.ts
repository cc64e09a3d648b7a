import { isUuid } from '@paymatch/contracts';
import { isCnpj, isCpf } from '@paymatch/vocabulary';

const EMAIL_LENGTH_MAX = 77;

/** Whether the text is a Pix key: CPF, CNPJ, phone `+55…`, e-mail or random UUID (Banco Central, DICT). */
export function isPixKey(text: string): boolean {
  return (
    isCpf(text) ||
    isCnpj(text) ||
    /^\+55\d{10,11}$/.test(text) ||
    isUuid(text) ||
    (text.length <= EMAIL_LENGTH_MAX && /^[a-z0-9.!#$&'*+/=?^_`{|}~-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(text))
  );
}
