/** Presses a button of the simulated cashier's page, as a person would; for demos and tests. @throws Error when there is no such order. */
export async function payAtCashier(cashierUrl: string, result: 'success' | 'failure'): Promise<void> {
  const response = await fetch(`${cashierUrl}/payment`, {
    method: 'POST',
    body: new URLSearchParams({ result }),
    redirect: 'manual',
  });
  if (response.status !== 303) throw new Error(`the cashier page answered ${response.status}`);
}
