import { inBanglaDigits } from '../bangla.js';
import type { Language } from '../language.js';

/** What the pages of payment links say beside the shop's own words. */
export interface LinkPageTexts {
  readonly price: string;
  readonly amountLabel: string;
  readonly amountBetween: (least: string, most: string) => string;
  readonly amountWrong: (least: string, most: string) => string;
  readonly nameLabel: string;
  readonly nameWrong: string;
  readonly phoneLabel: string;
  readonly phoneWrong: string;
  readonly optional: string;
  readonly button: string;
  readonly sending: string;
  readonly left: (count: number) => string;
  readonly until: (moment: string) => string;
  readonly notFoundTitle: string;
  readonly notFoundBody: string;
  readonly closedTitle: string;
  readonly disabledBody: string;
  readonly expiredBody: string;
  readonly soldOutTitle: string;
  readonly soldOutBody: string;
  readonly noPaymentsTitle: string;
  readonly noPaymentsBody: string;
  readonly paidTitle: string;
  readonly paidBody: (shop: string) => string;
  readonly again: string;
}

const en: LinkPageTexts = {
  price: 'Price',
  amountLabel: 'How much do you want to pay?',
  amountBetween: (least, most) => `From ${least} to ${most}`,
  amountWrong: (least, most) => `Enter an amount from ${least} to ${most}, in figures, e.g. 500 or 500.50.`,
  nameLabel: 'Your name',
  nameWrong: 'Enter your name, in at most 100 characters.',
  phoneLabel: 'Your phone number',
  phoneWrong: 'Enter a phone number, like 01712345678.',
  optional: 'optional',
  button: 'Go on to pay',
  sending: 'One moment…',
  left: (count) => (count === 1 ? 'The last one' : `${count} left`),
  until: (moment) => `Until ${moment}`,
  notFoundTitle: 'There is nothing at this address',
  notFoundBody: 'Check the link, or ask the shop for a new one.',
  closedTitle: 'This link is closed',
  disabledBody: 'The shop takes no payments here at the moment. Nothing was charged.',
  expiredBody: 'Its time is over. Nothing was charged; ask the shop for a new link.',
  soldOutTitle: 'All places are taken',
  soldOutBody: 'Others are paying for the last ones. If one of them does not, a place is free again: try later.',
  noPaymentsTitle: 'This shop cannot take payments right now',
  noPaymentsBody: 'Nothing was charged. Please tell the shop, or try again later.',
  paidTitle: 'Thank you!',
  paidBody: (shop) => `${shop} has received your money.`,
  again: 'Back to the link',
};

const bn: LinkPageTexts = {
  price: 'মূল্য',
  amountLabel: 'কত টাকা দিতে চান?',
  amountBetween: (least, most) => `${least} থেকে ${most} পর্যন্ত`,
  amountWrong: (least, most) => `${least} থেকে ${most} পর্যন্ত একটি অঙ্ক লিখুন, যেমন ৫০০ বা ৫০০.৫০।`,
  nameLabel: 'আপনার নাম',
  nameWrong: 'আপনার নাম লিখুন, সর্বোচ্চ ১০০ অক্ষরে।',
  phoneLabel: 'আপনার ফোন নম্বর',
  phoneWrong: 'একটি ফোন নম্বর লিখুন, যেমন 01712345678।',
  optional: 'ঐচ্ছিক',
  button: 'পেমেন্টে যান',
  sending: 'একটু অপেক্ষা করুন…',
  left: (count) => `আর ${inBanglaDigits(count)}টি বাকি`,
  until: (moment) => `${moment} পর্যন্ত`,
  notFoundTitle: 'এই ঠিকানায় কিছু নেই',
  notFoundBody: 'লিংকটি মিলিয়ে দেখুন, অথবা দোকানের কাছে নতুন লিংক চান।',
  closedTitle: 'লিংকটি বন্ধ',
  disabledBody: 'দোকানটি এখন এখানে পেমেন্ট নিচ্ছে না। কোনো টাকা কাটা হয়নি।',
  expiredBody: 'লিংকটির সময় শেষ। কোনো টাকা কাটা হয়নি; দোকানের কাছে নতুন লিংক চান।',
  soldOutTitle: 'সব জায়গা নেওয়া হয়ে গেছে',
  soldOutBody: 'শেষ কয়েকটির জন্য অন্যরা পেমেন্ট করছেন। কেউ না করলে আবার জায়গা খালি হবে: পরে চেষ্টা করুন।',
  noPaymentsTitle: 'দোকানটি এখন পেমেন্ট নিতে পারছে না',
  noPaymentsBody: 'কোনো টাকা কাটা হয়নি। দোকানকে জানান, অথবা পরে চেষ্টা করুন।',
  paidTitle: 'ধন্যবাদ!',
  paidBody: (shop) => `${shop} আপনার টাকা পেয়েছে।`,
  again: 'লিংকে ফিরে যান',
};

const pt: LinkPageTexts = {
  price: 'Preço',
  amountLabel: 'Quanto você quer pagar?',
  amountBetween: (least, most) => `De ${least} a ${most}`,
  amountWrong: (least, most) => `Digite um valor de ${least} a ${most}, por exemplo 500 ou 500.50.`,
  nameLabel: 'Seu nome',
  nameWrong: 'Digite seu nome, com no máximo 100 caracteres.',
  phoneLabel: 'Seu telefone',
  phoneWrong: 'Digite um telefone, por exemplo 01712345678.',
  optional: 'opcional',
  button: 'Continuar para o pagamento',
  sending: 'Um momento…',
  left: (count) => (count === 1 ? 'Resta 1' : `Restam ${count}`),
  until: (moment) => `Até ${moment}`,
  notFoundTitle: 'Não há nada neste endereço',
  notFoundBody: 'Confira o link ou peça um novo à loja.',
  closedTitle: 'Este link está fechado',
  disabledBody: 'A loja não recebe pagamentos aqui no momento. Nada foi cobrado.',
  expiredBody: 'O prazo acabou. Nada foi cobrado; peça um novo link à loja.',
  soldOutTitle: 'Todas as vagas foram tomadas',
  soldOutBody:
    'Outras pessoas estão pagando pelas últimas. Se alguma não pagar, uma vaga fica livre: tente mais tarde.',
  noPaymentsTitle: 'Esta loja não pode receber pagamentos agora',
  noPaymentsBody: 'Nada foi cobrado. Avise a loja ou tente mais tarde.',
  paidTitle: 'Obrigado!',
  paidBody: (shop) => `${shop} recebeu seu dinheiro.`,
  again: 'Voltar ao link',
};

const all: Readonly<Record<Language, LinkPageTexts>> = { en, bn, pt };

export function linkTextsIn(language: Language): LinkPageTexts {
  return all[language];
}
