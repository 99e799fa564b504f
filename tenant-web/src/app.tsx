import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { DotLoading } from 'antd-mobile';
import { type ComponentType, lazy, Suspense } from 'react';
import { createHashRouter, Navigate, RouterProvider } from 'react-router';
import { ApiError } from './client/http';
import { pendingOrder } from './client/pending-order';
import { wayOut } from './client/signed-in';

const page = (load: () => Promise<{ default: ComponentType }>) => {
  const Page = lazy(load);
  return (
    <Suspense fallback={<DotLoading color="primary" />}>
      <Page />
    </Suspense>
  );
};

/** Addresses behind `#`, so that the server need not know them and the cashier may send people back to `/`. */
const router = createHashRouter([
  { path: '/', element: page(() => import('./pages/home')) },
  { path: '/sign-in', element: page(() => import('./pages/sign-in')) },
  { path: '/bills', element: page(() => import('./pages/bills')) },
  { path: '/bills/:id', element: page(() => import('./pages/bill')) },
  { path: '/pay-result', element: page(() => import('./pages/pay-result')) },
  { path: '/door', element: page(() => import('./pages/door')) },
  { path: '/notices', element: page(() => import('./pages/notices')) },
  { path: '/timeline', element: page(() => import('./pages/timeline')) },
  { path: '/leave', element: page(() => import('./pages/leave')) },
  { path: '*', element: <Navigate to="/" replace /> },
]);

const onError = (error: Error): void => {
  // A wrong code is a 401 too, and belongs to the form on which it was typed.
  if (router.state.location.pathname === '/sign-in') return;
  const way = wayOut(error, localStorage);
  if (way) void router.navigate(way, { replace: true });
};

const retry = (count: number, error: Error): boolean => error instanceof ApiError && error.isOutage && count < 2;

const queries = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: { queries: { retry, staleTime: 1000 } },
});

/** Whoever comes back from the cashier sees first what became of the payment. */
export function openPendingResult(): void {
  if (pendingOrder()) void router.navigate('/pay-result', { replace: true });
}

export const App = () => (
  <QueryClientProvider client={queries}>
    <RouterProvider router={router} />
  </QueryClientProvider>
);
