/** The order that the tenant was sent to the cashier with; survives the way there and back in this tab. */
export type PendingOrder = { readonly leaseId: string; readonly orderId: string };

const NAME = 'pendingOrder';

export const rememberOrder = (order: PendingOrder): void => sessionStorage.setItem(NAME, JSON.stringify(order));
export const forgetOrder = (): void => sessionStorage.removeItem(NAME);

export function pendingOrder(): PendingOrder | undefined {
  const text = sessionStorage.getItem(NAME);
  return text === null ? undefined : (JSON.parse(text) as PendingOrder);
}
