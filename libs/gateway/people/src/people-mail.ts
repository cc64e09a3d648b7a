import type { MailSender } from '@paymatch/platform-mail';
import type { Logger } from '@paymatch/platform-observability';
import {
  authenticatorResetText,
  invitationText,
  passwordResetText,
  type InvitationWords,
  type MailText,
} from './mail-texts.js';
import type { PersonLanguage } from './people.ports.js';

interface Letter {
  readonly to: string;
  readonly language: PersonLanguage;
  /** Of the link in it, or its own. */
  readonly linkId: string;
}

/** Mails people their links, where a mail server is set. */
export class PeopleMail {
  constructor(
    private readonly sender: MailSender | null,
    private readonly logger: Logger,
  ) {}

  get isSet(): boolean {
    return this.sender !== null;
  }

  /** Whether the mail server took it. */
  invitation(letter: Letter & InvitationWords): Promise<boolean> {
    return this.send(letter, invitationText(letter, letter.language));
  }

  /** Whether the mail server took it. */
  passwordReset(letter: Letter & { readonly url: string }): Promise<boolean> {
    return this.send(letter, passwordResetText(letter.url, letter.language));
  }

  /** That an operator took what they sign in with beside the password. Whether the mail server took it. */
  authenticatorReset(letter: Letter): Promise<boolean> {
    return this.send(letter, authenticatorResetText(letter.language));
  }

  async close(): Promise<void> {
    await this.sender?.close();
  }

  private async send({ to, linkId }: Letter, { subject, text }: MailText): Promise<boolean> {
    if (this.sender === null) return false;
    try {
      await this.sender.send({ to: [to], subject, text, messageId: linkId });
      return true;
    } catch (error) {
      // Whoever invites is told, whoever forgot a password asks again; the server's fault is the operator's to mend.
      this.logger.error('the mail server did not take a link for a person', { linkId, error });
      return false;
    }
  }
}
