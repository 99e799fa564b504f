export type PayerAction = 'pay' | 'insufficient-balance' | 'cancel';

/**
 * Opens the page that a payer is sent to (a page's address, a code's text, or the gateway's address with an order string) and presses a
 * button on it, as a person would. Answers the page's address; for demos and tests.
 * @throws Error when there is no such page.
 */
export async function pressButton(pageUrl: string, action: PayerAction): Promise<string> {
  const opened = await fetch(pageUrl);
  if (!opened.ok || !opened.url.includes('/alipay/cashier/'))
    throw new Error(`no cashier page at the address: ${opened.status} ${await opened.text()}`);
  const body = new URLSearchParams({ action });
  const pressed = await fetch(`${opened.url}/payment`, { method: 'POST', body, redirect: 'manual' });
  if (pressed.status !== 303) throw new Error(`the cashier page answered ${pressed.status}`);
  return opened.url;
}

/** The same on the page on which a payer lets the merchant deduct, or ends it again. @throws Error when there is no such page. */
export async function answerAgreement(pageUrl: string, action: 'sign' | 'end'): Promise<void> {
  const opened = await fetch(pageUrl);
  if (!opened.url.includes('/alipay/agreement/')) throw new Error(`no agreement page: ${await opened.text()}`);
  const body = new URLSearchParams({ action });
  const pressed = await fetch(`${opened.url}/answer`, { method: 'POST', body, redirect: 'manual' });
  if (pressed.status !== 303) throw new Error(`the agreement page answered ${pressed.status}`);
}
