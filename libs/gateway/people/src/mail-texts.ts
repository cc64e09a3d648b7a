import type { PersonLanguage } from './people.ports.js';
import type { MerchantRole } from './role-table.js';

export interface InvitationWords {
  /** Whoever invites, by their address. */
  readonly inviter: string;
  readonly merchant: string;
  readonly role: MerchantRole;
  readonly url: string;
}

export interface MailText {
  readonly subject: string;
  readonly text: string;
}

interface MailTexts {
  readonly roles: Readonly<Record<MerchantRole, string>>;
  readonly invitation: (words: Omit<InvitationWords, 'role'> & { readonly role: string }) => MailText;
  readonly passwordReset: (words: { readonly url: string }) => MailText;
}

const en: MailTexts = {
  roles: { owner: 'owner', manager: 'manager', support: 'support', developer: 'developer', 'read-only': 'read only' },
  invitation: ({ inviter, merchant, role, url }) => ({
    subject: `Your invitation to ${merchant}`,
    text: lines(
      `${inviter} invites you to work for ${merchant} on Paymatch. Your role: ${role}.`,
      'This link leads you in. It is good for three days, and once:',
      url,
      'If you do not know who sent this, do nothing.',
    ),
  }),
  passwordReset: ({ url }) => ({
    subject: 'A new password for Paymatch',
    text: lines(
      'Somebody asked for a new password for your account. This link lets you choose one. It is good for one hour, and once:',
      url,
      'If it was not you, do nothing: your password stays as it is.',
    ),
  }),
};

const bn: MailTexts = {
  roles: {
    owner: 'মালিক',
    manager: 'ম্যানেজার',
    support: 'সহায়তা',
    developer: 'ডেভেলপার',
    'read-only': 'শুধু দেখা',
  },
  invitation: ({ inviter, merchant, role, url }) => ({
    subject: `${merchant}-এ আপনার আমন্ত্রণ`,
    text: lines(
      `${inviter} আপনাকে Paymatch-এ ${merchant}-এর সঙ্গে কাজ করতে আমন্ত্রণ জানিয়েছেন। আপনার ভূমিকা: ${role}।`,
      'এই লিংক দিয়ে প্রবেশ করুন। এটি তিন দিন পর্যন্ত, একবারই কাজ করে:',
      url,
      'কে পাঠিয়েছেন তা না জানলে কিছু করবেন না।',
    ),
  }),
  passwordReset: ({ url }) => ({
    subject: 'Paymatch-এর নতুন পাসওয়ার্ড',
    text: lines(
      'কেউ আপনার অ্যাকাউন্টের জন্য নতুন পাসওয়ার্ড চেয়েছেন। এই লিংকে নতুন পাসওয়ার্ড দিন। এটি এক ঘণ্টা পর্যন্ত, একবারই কাজ করে:',
      url,
      'আপনি না চেয়ে থাকলে কিছু করবেন না: আপনার পাসওয়ার্ড আগের মতোই থাকবে।',
    ),
  }),
};

const pt: MailTexts = {
  roles: {
    owner: 'proprietário',
    manager: 'gerente',
    support: 'suporte',
    developer: 'desenvolvedor',
    'read-only': 'somente leitura',
  },
  invitation: ({ inviter, merchant, role, url }) => ({
    subject: `Seu convite para ${merchant}`,
    text: lines(
      `${inviter} convida você para trabalhar em ${merchant} no Paymatch. Seu papel: ${role}.`,
      'Entre por este link. Ele vale por três dias e uma única vez:',
      url,
      'Se você não sabe quem enviou isto, não faça nada.',
    ),
  }),
  passwordReset: ({ url }) => ({
    subject: 'Uma nova senha para o Paymatch',
    text: lines(
      'Alguém pediu uma nova senha para a sua conta. Escolha-a por este link. Ele vale por uma hora e uma única vez:',
      url,
      'Se não foi você, não faça nada: sua senha continua a mesma.',
    ),
  }),
};

const texts: Readonly<Record<PersonLanguage, MailTexts>> = { en, bn, 'pt-BR': pt };

export function invitationText(words: InvitationWords, language: PersonLanguage): MailText {
  const { roles, invitation } = texts[language];
  return invitation({ ...words, role: roles[words.role] });
}

export function passwordResetText(url: string, language: PersonLanguage): MailText {
  return texts[language].passwordReset({ url });
}

function lines(...paragraphs: readonly string[]): string {
  return `${paragraphs.join('\n\n')}\n`;
}
