import type { Setting } from '@paymatch/platform-config';

/** `smtp://user:password@host:port`, or `smtps://`; empty: no mail. */
const smtpUrl: Setting<string> = {
  env: 'PAYMATCH_SMTP_URL',
  default: '',
  isSecret: true,
  doc: 'smtp://user:password@host:587 or smtps://user:password@host:465 of the mail server that tells merchants of what is wrong (webhooks, phones, cases, rates) and sends people their invitations and the links for forgotten passwords; empty: no mail is sent',
  parse: (value) => {
    if (value === '') return value;
    const url = URL.canParse(value) ? new URL(value) : null;
    if ((url?.protocol !== 'smtp:' && url?.protocol !== 'smtps:') || url.hostname === '')
      throw new Error('must be a smtp://user:password@host:587 or smtps://user:password@host:465 URL');
    return value;
  },
};

const mailFrom: Setting<string> = {
  env: 'PAYMATCH_MAIL_FROM',
  default: 'Paymatch <paymatch@localhost>',
  doc: 'Sender of that mail',
  parse: (value) => {
    if (!/^[^<>\r\n@]*<?[^\s<>@]+@[^\s<>@]+>?$/.test(value))
      throw new Error('must be an address, or a name and an <address>');
    return value;
  },
};

/** Of every service that sends mail. */
export const mailSettings = { smtpUrl, mailFrom };
