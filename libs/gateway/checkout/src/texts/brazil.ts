import type { Language } from '../language.js';
import { bn } from './bn.js';
import { en, type Texts } from './en.js';
import { pt } from './pt.js';

/** For customers in Brazil: they have banks and receipts, not wallets and TrxIDs. */
const enInBrazil: Texts = {
  ...en,
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

const bnInBrazil: Texts = {
  ...bn,
  noPin: 'আমরা কখনো আপনার পাসওয়ার্ড চাই না। এটি শুধু আপনার ব্যাংকের নিজস্ব অ্যাপে দিন।',
  failedBody: (shop) =>
    `এই পেমেন্টটি গ্রহণ করা যায়নি। টাকা পাঠিয়ে থাকলে রসিদটি রেখে দিন এবং ${shop}‑এর সঙ্গে যোগাযোগ করুন।`,
  expiredBody: (shop) =>
    `এর জন্য আর টাকা পাঠাবেন না। আগেই পাঠিয়ে থাকলে রসিদটি রেখে দিন এবং ${shop}‑এর সঙ্গে যোগাযোগ করুন।`,
  closedReview: 'এই পেমেন্টের টাকা এসেছে এবং একজন মানুষ তা যাচাই করছেন। আবার টাকা পাঠাবেন না; রসিদটি রেখে দিন।',
  reviewBody: (shop) =>
    `আপনার টাকা দেখা গেছে, তবে একজন মানুষের যাচাই দরকার। ${shop} শিগগিরই সিদ্ধান্ত জানাবে। আবার টাকা পাঠাবেন না; রসিদটি রেখে দিন।`,
};

const ptInBrazil: Texts = {
  ...pt,
  noPin: 'Nunca pedimos sua senha. Digite-a somente no aplicativo do seu banco.',
  reviewBody: (shop) =>
    `Seu dinheiro foi visto, mas algo nele precisa ser conferido por uma pessoa. ${shop} vai decidir em breve. Não envie de novo; guarde o comprovante.`,
};

/** What the pages of contract B's payments say where all pages say something. */
export const textsInBrazil: Readonly<Record<Language, Texts>> = { en: enInBrazil, bn: bnInBrazil, pt: ptInBrazil };

const english = {
  pixTitle: 'Pay with Pix',
  pixLead: 'Your payment is confirmed within seconds.',
  pixCode: 'Pix code',
  orScan: 'Or scan the QR code',
  qrLabel: 'Pix QR code',
  pixStepOpen: 'Open your bank’s app and choose Pix.',
  pixStepPaste: 'Choose “Pix copia e cola” and paste the code, or scan the QR code.',
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
  pixId: 'Pix transaction ID',
  transferId: 'Transfer number',
  byBank: 'Bank transfer',
  bankExact:
    'Transfer exactly this amount, in one transfer, from an account in your own name: that is how it is found.',
};

type BrazilTexts = typeof english;

const portuguese: BrazilTexts = {
  pixTitle: 'Pague com Pix',
  pixLead: 'O pagamento é confirmado em segundos.',
  pixCode: 'Código Pix',
  orScan: 'Ou leia o QR Code',
  qrLabel: 'QR Code do Pix',
  pixStepOpen: 'Abra o aplicativo do seu banco e escolha Pix.',
  pixStepPaste: 'Escolha “Pix copia e cola” e cole o código, ou leia o QR Code.',
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
  pixId: 'ID da transação Pix',
  transferId: 'Número da transferência',
  byBank: 'Transferência bancária',
  bankExact: 'Transfira exatamente este valor, de uma só vez, de uma conta em seu nome: é assim que ele é encontrado.',
};

const bangla: BrazilTexts = {
  pixTitle: 'Pix দিয়ে পরিশোধ করুন',
  pixLead: 'কয়েক সেকেন্ডের মধ্যেই পেমেন্ট নিশ্চিত হয়।',
  pixCode: 'Pix কোড',
  orScan: 'অথবা QR কোডটি স্ক্যান করুন',
  qrLabel: 'Pix QR কোড',
  pixStepOpen: 'আপনার ব্যাংকের অ্যাপ খুলে Pix বেছে নিন।',
  pixStepPaste: '“Pix copia e cola” বেছে নিয়ে কোডটি পেস্ট করুন, অথবা QR কোডটি স্ক্যান করুন।',
  copyCode: 'Pix কোড কপি করুন',
  pixStepCheck: (beneficiary) => `পরিমাণ এবং প্রাপকের নাম ${beneficiary} কি না মিলিয়ে দেখে নিশ্চিত করুন।`,
  watching: 'টাকা পৌঁছালেই পেজটি নিজে থেকে হালনাগাদ হবে।',
  bankTitle: 'ব্যাংক ট্রান্সফারে পরিশোধ করুন',
  bankLead: 'আপনার ব্যাংকের অ্যাপ থেকে এই অ্যাকাউন্টে টাকা পাঠান।',
  bank: 'ব্যাংক',
  agency: 'শাখা (Agência)',
  account: (operation) => `অ্যাকাউন্ট (${operation})`,
  document: 'CPF বা CNPJ',
  beneficiary: 'প্রাপক',
  pixId: 'Pix লেনদেন নম্বর',
  transferId: 'ট্রান্সফার নম্বর',
  byBank: 'ব্যাংক ট্রান্সফার',
  bankExact: 'ঠিক এই পরিমাণ টাকা একবারেই, নিজের নামের অ্যাকাউন্ট থেকে পাঠান: এভাবেই পেমেন্টটি খুঁজে পাওয়া যায়।',
};

const all: Readonly<Record<Language, BrazilTexts>> = { en: english, bn: bangla, pt: portuguese };

/** The sentences of the pages only contract B has. */
export function brazilTexts(language: Language): BrazilTexts {
  return all[language];
}
