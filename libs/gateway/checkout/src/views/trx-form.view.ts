import { nameOf, type Provider } from '../providers.js';
import { FORM_TOKEN_FIELD } from '../form-guard.js';
import { html, type HtmlPart, type SafeHtml } from './html.js';
import { icons } from './icons.js';
import type { PaymentPage } from './page-context.js';

/** The TrxID and, if the customer likes, the number they sent from; mistakes are named at the field. */
export function trxFormView(
  page: PaymentPage,
  options: { readonly provider: Provider; readonly walletField: HtmlPart },
): SafeHtml {
  const { texts, draft, language, path } = page;
  const { provider } = options;
  const name = nameOf(provider, language);
  const trxProblem =
    draft.trxProblem === null ? null : texts.trxProblems[draft.trxProblem](name, provider.trxId, draft.trxId);
  return html`<form method="post" action="${path}/trx" class="form" data-once="${texts.submitting}" novalidate>
<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${page.formToken}">
${options.walletField}
<div class="field${trxProblem === null ? null : ' field-wrong'}">
<label for="trx_id">${texts.trxLabel}</label>
<p class="hint" id="trx_help">${texts.trxHelp(name, provider.trxId)}</p>
<input class="mono" id="trx_id" name="trx_id" value="${draft.trxId}" required maxlength="600" placeholder="${provider.trxId.example}" autocomplete="off" autocapitalize="characters" autocorrect="off" spellcheck="false"${provider.trxId.alphabet === 'digits' ? html` inputmode="numeric"` : null} enterkeyhint="done" data-trx data-found="${texts.trxFound}" aria-describedby="${trxProblem === null ? '' : 'trx_problem '}trx_help"${trxProblem === null ? null : html` aria-invalid="true" autofocus`}>
${trxProblem === null ? null : html`<p class="problem" id="trx_problem" role="alert">${icons.info}<span>${trxProblem}</span></p>`}
<p class="found" id="trx_found" role="status"></p>
</div>
<div class="field${draft.isSenderWrong ? ' field-wrong' : null}">
<label for="sender_number">${texts.senderLabel} <span class="optional">${texts.optional}</span></label>
<p class="hint" id="sender_help">${texts.senderHelp}</p>
<input class="mono" id="sender_number" name="sender_number" type="tel" value="${draft.senderNumber}" maxlength="30" placeholder="01XXXXXXXXX" autocomplete="tel-national" inputmode="tel" aria-describedby="${draft.isSenderWrong ? 'sender_problem ' : ''}sender_help"${draft.isSenderWrong ? html` aria-invalid="true"${trxProblem === null ? html` autofocus` : null}` : null}>
${draft.isSenderWrong ? html`<p class="problem" id="sender_problem" role="alert">${icons.info}<span>${texts.senderProblem}</span></p>` : null}
</div>
<button class="button wide" type="submit"><span>${texts.submit}</span></button>
</form>`;
}
