import { linkUrl, type AuditActor, type MerchantRole } from '@paymatch/gateway-people';
import type { PanelDesk } from '../panel-desk.js';

export interface InvitationOrder {
  readonly merchantId: string;
  readonly email: string;
  readonly role: MerchantRole;
  readonly actor: AuditActor;
}

/** A link for one person to one role, mailed where mail is set; an earlier one to the same address ends with it. */
export async function invite(desk: PanelDesk, { merchantId, email, role, actor }: InvitationOrder): Promise<object> {
  const { database, members, links, audit } = desk.people;
  const link = await database.transaction(async (tx) => {
    await members.withdrawInvitationsTo(merchantId, email, tx);
    const made = await links.make({ kind: 'invitation', email, merchantId, role }, tx);
    await audit.write(actor, { merchantId, action: 'person invited', subject: made.id, after: { email, role } }, tx);
    return made;
  });
  const url = linkUrl(desk.publicUrl, 'setup', link.token);
  return {
    id: link.id,
    url,
    expires_at: link.expiresAt.toISOString(),
    is_mailed: await mailed(desk, { merchantId, email, role, actor, url, linkId: link.id }),
  };
}

/** Whether the mail server took it; somebody who is invited again and again is mailed a few times only. */
async function mailed(
  { people, mail, merchants }: PanelDesk,
  order: InvitationOrder & { readonly url: string; readonly linkId: string },
): Promise<boolean> {
  const { merchantId, email: to, role, url, linkId } = order;
  if (!mail.isSet || (await people.throttle.take('mail', `invitation ${to}`)) > 0) return false;
  const merchant = await merchants.find({ merchantId, livemode: true });
  if (merchant === null) throw new Error(`somebody was invited to the merchant ${merchantId}, which is not there`);
  const language = (await people.users.findByEmail(to))?.language ?? 'en';
  return mail.invitation({ to, language, role, url, linkId, merchant: merchant.name, inviter: order.actor.who });
}
