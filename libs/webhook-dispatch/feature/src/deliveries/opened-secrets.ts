import type { TextSealer } from '@paymatch/platform-secrets';

/** The ones that were opened longest ago are forgotten first, and opened again. */
const OPENED_MAX = 10_000;

/**
 * Opens each sealed secret once, not for every webhook that it signs. What is sealed anew has other bytes, and is
 * opened anew.
 */
export class OpenedSecrets {
  private readonly opened = new Map<string, string>();

  constructor(private readonly sealer: TextSealer) {}

  /** Throws when the secret was sealed for another signer. */
  open(sealed: Buffer, signer: string): string {
    const key = `${signer} ${sealed.toString('latin1')}`;
    const known = this.opened.get(key);
    if (known !== undefined) return known;
    const secret = this.sealer.open(sealed, signer);
    if (this.opened.size >= OPENED_MAX) this.opened.delete(this.opened.keys().next().value!);
    this.opened.set(key, secret);
    return secret;
  }
}
