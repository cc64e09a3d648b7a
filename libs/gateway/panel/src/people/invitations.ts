import { linkUrl, type AuditActor, type MerchantRole } from '@paymatch/gateway-people';
import type { PanelDesk } from '../panel-desk.js';

export interface InvitationOrder {
  readonly merchantId: string;
  readonly email: string;
  readonly role: MerchantRole;
  readonly actor: AuditActor;
}

/** A link for one person to one role; an earlier one to the same address leads nowhere from then on. */
export async function invite(desk: PanelDesk, { merchantId, email, role, actor }: InvitationOrder): Promise<object> {
  const { database, members, links, audit } = desk.people;
  const link = await database.transaction(async (tx) => {
    await members.withdrawInvitationsTo(merchantId, email, tx);
    const made = await links.make({ kind: 'invitation', email, merchantId, role }, tx);
    await audit.write(actor, { merchantId, action: 'person invited', subject: made.id, after: { email, role } }, tx);
    return made;
  });
  return {
    id: link.id,
    url: linkUrl(desk.publicUrl, 'setup', link.token),
    expires_at: link.expiresAt.toISOString(),
  };
}
