/**
 * Opens the payer's page and presses one of its buttons, as a person would; for demos and tests. `pageUrl` is what the client's `open` answered, or
 * the address of a scanned code's page.
 * @throws Error when there is no such order.
 */
export async function payAsPerson(pageUrl: string, button: 'pay' | 'fail' | 'cancel'): Promise<string> {
  const cashier = await fetch(pageUrl);
  const html = await cashier.text();
  const action = /action="([^"]+)"/.exec(html)?.[1];
  if (!cashier.ok || action === undefined) throw new Error(`the cashier page answered ${cashier.status}`);
  const redirectUrl = new URL(cashier.url).searchParams.get('redirect_url') ?? '';
  const response = await fetch(new URL(action, cashier.url), {
    method: 'POST',
    body: new URLSearchParams({ result: button, redirect_url: redirectUrl }),
  });
  return response.text();
}

/** Where a browser reaches what a phone would by scanning a native order's code. */
export const scannedPage = (codeUrl: string, publicUrl: string): string =>
  `${publicUrl}/wechat-pay/scan?${new URLSearchParams({ text: codeUrl })}`;
