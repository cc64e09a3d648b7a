import { createTransport, type Transporter } from 'nodemailer';
import type { Mail, MailSender } from './mail.sender.js';
import { mailSettings } from './mail.settings.js';

export interface SmtpOptions {
  /** smtp://user:password@host:port, or smtps://. */
  readonly url: string;
  readonly from: string;
  /** Of connecting, of the greeting, and of each answer; 5 s when absent; the whole mail twice that. */
  readonly timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;

/** Over SMTP, with STARTTLS where the server offers it; one connection a mail. */
export class SmtpMailSender implements MailSender {
  private readonly transport: Transporter;
  private readonly timeoutMs: number;

  constructor(private readonly options: SmtpOptions) {
    this.timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    const { protocol, hostname, port, username, password } = new URL(options.url);
    const isSecure = protocol === 'smtps:';
    this.transport = createTransport({
      host: hostname,
      port: port === '' ? (isSecure ? 465 : 587) : Number(port),
      secure: isSecure,
      ...(username !== '' && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
      connectionTimeout: this.timeoutMs,
      greetingTimeout: this.timeoutMs,
      socketTimeout: this.timeoutMs,
      dnsTimeout: this.timeoutMs,
      // What a merchant wrote must not make this process read files or fetch addresses.
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  async send({ to, subject, text, messageId }: Mail): Promise<void> {
    const domain = this.options.from.split('@').at(-1)!.replace(/[>\s]/g, '');
    let timer: NodeJS.Timeout | undefined;
    // A server that answers each line a little before its time is up would otherwise hold the others' mail for ever.
    const tooLong = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('the mail server took too long')), this.timeoutMs * 2);
    });
    try {
      await Promise.race([
        this.transport.sendMail({
          from: this.options.from,
          to: [...to],
          subject,
          text,
          messageId: `<${messageId}@${domain}>`,
          // No answering machine needs to answer.
          headers: { 'auto-submitted': 'auto-generated' },
        }),
        tooLong,
      ]);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): Promise<void> {
    this.transport.close();
    return Promise.resolve();
  }
}

/** `null` where no mail server is set. */
export function mailSenderOf(settings: {
  readonly smtpUrl?: string | undefined;
  readonly mailFrom?: string | undefined;
}): MailSender | null {
  const { smtpUrl = '', mailFrom = mailSettings.mailFrom.default! } = settings;
  return smtpUrl === '' ? null : new SmtpMailSender({ url: smtpUrl, from: mailFrom });
}
