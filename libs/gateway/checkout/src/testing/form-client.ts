/** What a browser's form does against the checkout, for tests: posts fields, keeps no cookies, follows nothing. */
export async function postForm(
  url: string,
  fields: Readonly<Record<string, string>>,
  headers: Readonly<Record<string, string>> = { 'sec-fetch-site': 'same-origin' },
): Promise<Response> {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers, redirect: 'manual' });
}

/** The text of a page between two marks that every page has. */
export async function mainOf(answer: Response): Promise<string> {
  const text = await answer.text();
  return text.slice(text.indexOf('<main'), text.indexOf('</main>'));
}
