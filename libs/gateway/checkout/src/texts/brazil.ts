import type { Language } from '../language.js';
import { en, type Texts } from './en.js';

/** English for customers in Brazil: they have banks and receipts, not wallets and TrxIDs. */
export const enInBrazil: Texts = {
  ...en,
  otherLanguage: 'Português',
  noPin: 'We never ask for your password. Enter it only in your bank’s own app.',
  failedBody: (shop: string) =>
    `This payment was not accepted. If you have sent money, keep your receipt and contact ${shop}.`,
  expiredBody: (shop: string) =>
    `Do not send money for it any more. If you have sent it already, keep your receipt and contact ${shop}.`,
  closedReview:
    'Money for this payment has arrived and is being checked by a person. Do not send it again; keep your receipt.',
  reviewBody: (shop: string) =>
    `Your money was seen, but something about it needs a person’s look. ${shop} will decide shortly. Do not send it again; keep your receipt.`,
};

const english = {
  pixTitle: 'Pay with Pix',
  pixLead: 'Your payment is confirmed within seconds.',
  qrLabel: 'Pix QR code',
  pixStepOpen: 'Open your bank’s app and choose Pix.',
  pixStepScan: 'Scan the QR code, or copy this code and choose “Pix copia e cola”.',
  copyCode: 'Copy the Pix code',
  pixStepCheck: (beneficiary: string) => `Check the amount and that the receiver is ${beneficiary}, then confirm.`,
  watching: 'This page updates by itself as soon as the money has arrived.',
  bankTitle: 'Pay by bank transfer',
  bankLead: 'Make a transfer to this account in your bank’s app.',
  bank: 'Bank',
  agency: 'Branch',
  account: (operation: string) => `Account (${operation})`,
  document: 'CPF or CNPJ',
  beneficiary: 'Receiver',
  bankExact:
    'Transfer exactly this amount, in one transfer, from an account in your own name: that is how it is found.',
};

type BrazilTexts = typeof english;

const portuguese: BrazilTexts = {
  pixTitle: 'Pague com Pix',
  pixLead: 'O pagamento é confirmado em segundos.',
  qrLabel: 'QR Code do Pix',
  pixStepOpen: 'Abra o aplicativo do seu banco e escolha Pix.',
  pixStepScan: 'Leia o QR Code ou copie este código e escolha “Pix copia e cola”.',
  copyCode: 'Copiar o código Pix',
  pixStepCheck: (beneficiary) => `Confira o valor e se o recebedor é ${beneficiary} e confirme.`,
  watching: 'Esta página se atualiza sozinha assim que o dinheiro chegar.',
  bankTitle: 'Pague por transferência bancária',
  bankLead: 'Faça uma transferência para esta conta no aplicativo do seu banco.',
  bank: 'Banco',
  agency: 'Agência',
  account: (operation) => `Conta (${operation})`,
  document: 'CPF ou CNPJ',
  beneficiary: 'Favorecido',
  bankExact: 'Transfira exatamente este valor, de uma só vez, de uma conta em seu nome: é assim que ele é encontrado.',
};

/** The sentences of the pages only contract B has. */
export function brazilTexts(language: Language): BrazilTexts {
  return language === 'pt' ? portuguese : english;
}
