export interface Mail {
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  /** The same mail sent again has the same. */
  readonly messageId: string;
}

/** Sends mail. Rejects when the server took it for none of the recipients. */
export interface MailSender {
  send(mail: Mail): Promise<void>;
  close(): Promise<void>;
}
