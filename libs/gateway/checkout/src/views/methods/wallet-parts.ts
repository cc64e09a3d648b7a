import type { Wallet } from '@paymatch/gateway-receiving';
import { providerOf, type Provider } from '../../providers.js';
import type { Texts } from '../../texts/en.js';
import { html, type SafeHtml } from '../html.js';
import type { PaymentPage } from '../page-context.js';

/** What the customer does in their app depends on the kind of account the money goes to. */
export function actionOf(wallet: Wallet, texts: Texts): string {
  switch (wallet.accountType) {
    case 'personal':
      return texts.actions.send_money;
    case 'merchant':
      return texts.actions[providerOf(wallet.provider).merchantAction];
    case 'agent':
      return texts.actions.cash_out;
    case 'bank':
      return texts.actions.bank;
  }
}

export function providerTile(provider: Provider): SafeHtml {
  return html`<span class="tile tile-${provider.id}" aria-hidden="true">${provider.initials}</span>`;
}

export function cancelLink(page: PaymentPage): SafeHtml {
  return html`<p class="cancel"><a class="link quiet" href="${page.path}/cancel">${page.texts.cancelLink}</a></p>`;
}
