import { parseMinor, type PixDevolucao, type PixReceived } from '@paymatch/contracts';
import { fieldsOf, readMoment, textOf, textProblem } from '@paymatch/gateway-edge';

/** What one entry of a bank's notice says, before it is known whom it is for. */
export type PixEntry = Omit<PixReceived, 'type' | 'rawId' | 'merchantId' | 'livemode' | 'accountKey' | 'arrivedAt'>;
export type CheckedEntry =
  { readonly isValid: true; readonly entry: PixEntry } | { readonly isValid: false; readonly reason: string };

const END_TO_END_SHAPE = /^E[0-9A-Z]{8}(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})[0-9A-Za-z]{11}$/;
const TXID_SHAPE = /^[A-Za-z0-9]{1,35}$/;
const TEXT_MAX = 255;
const DEVOLUCOES_MAX = 50;

/**
 * Checks one entry of an "API Pix" notice (Banco Central; standards.md). `endToEndId`, `valor` and `horario` must be
 * right: without them the money cannot be counted once. What else is odd is left out, for the money is there all the
 * same.
 */
export function checkPixEntry(value: unknown): CheckedEntry {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return { isValid: false, reason: 'an entry is an object' };
  const fields = fieldsOf(value);
  const { endToEndId } = fields;
  if (typeof endToEndId !== 'string' || !isEndToEndId(endToEndId))
    return { isValid: false, reason: 'endToEndId is not one of a Pix transfer' };
  const amountMinor = readValor(fields.valor);
  if (amountMinor === undefined || amountMinor === 0) return { isValid: false, reason: 'valor is no amount' };
  const horario = readMoment(fields.horario, 'down');
  if (horario === null) return { isValid: false, reason: 'horario is no moment' };
  return {
    isValid: true,
    entry: {
      endToEndId,
      amountMinor,
      horario,
      txid: typeof fields.txid === 'string' && TXID_SHAPE.test(fields.txid) ? fields.txid : null,
      pixKey: optionalText(fields.chave),
      payerInfo: optionalText(fields.infoPagador),
      payer: readPayer(fields.pagador),
      devolucoes: readDevolucoes(fields.devolucoes),
    },
  };
}

/** `E`, the bank's ISPB, minutes in UTC, eleven characters of the bank's own. */
function isEndToEndId(text: string): boolean {
  const [, year, month, day, hour, minute] = END_TO_END_SHAPE.exec(text) ?? [];
  return year !== undefined && readMoment(`${year}-${month}-${day}T${hour}:${minute}:00Z`, 'down') !== null;
}

/**
 * A decimal text; a number where a bank does not keep to that, since amounts of money come back from a float as they
 * went in.
 */
function readValor(valor: unknown): number | undefined {
  const text = textOf(valor);
  return text === null ? undefined : parseMinor(text);
}

function optionalText(value: unknown): string | null {
  return textProblem(value, { lengthMin: 1, lengthMax: TEXT_MAX }) === null ? (value as string) : null;
}

function readPayer(value: unknown): PixEntry['payer'] {
  const { nome, cpf, cnpj } = fieldsOf(value);
  const payer = { name: optionalText(nome), document: optionalText(cpf) ?? optionalText(cnpj) };
  return payer.name === null && payer.document === null ? null : payer;
}

function readDevolucoes(value: unknown): readonly PixDevolucao[] {
  if (!Array.isArray(value)) return [];
  return value.slice(0, DEVOLUCOES_MAX).flatMap((item) => {
    const { id, rtrId, valor, status, motivo, horario } = fieldsOf(item);
    const amountMinor = readValor(valor);
    const [ownId, ownStatus] = [optionalText(id), optionalText(status)];
    if (ownId === null || ownStatus === null || amountMinor === undefined) return [];
    const { solicitacao, liquidacao } = fieldsOf(horario);
    return [
      {
        id: ownId,
        rtrId: optionalText(rtrId),
        amountMinor,
        status: ownStatus,
        reason: optionalText(motivo),
        requestedAt: readMoment(solicitacao, 'down'),
        settledAt: readMoment(liquidacao, 'down'),
      },
    ];
  });
}
