import { FORM_TOKEN_FIELD } from '../form-guard.js';
import { html, type SafeHtml } from './html.js';
import type { PaymentPage } from './page-context.js';

/** Buttons that end a test payment without money; a live payment has none. */
export function testOutcomesView(page: PaymentPage): SafeHtml | null {
  if (page.payment.livemode) return null;
  const { texts } = page;
  return html`<section class="card test-card" aria-labelledby="test-title">
<h2 id="test-title">${texts.testTitle}</h2>
<p>${texts.testBody}</p>
<form method="post" action="${page.path}/simulate" class="test-buttons">
<input type="hidden" name="${FORM_TOKEN_FIELD}" value="${page.formToken}">
<button class="button small" name="outcome" value="complete">${texts.testComplete}</button>
<button class="button small quiet" name="outcome" value="fail">${texts.testFail}</button>
<button class="button small quiet" name="outcome" value="expire">${texts.testExpire}</button>
</form>
</section>`;
}
