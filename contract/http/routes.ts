import type { RouteSpec } from './route';
import { bankRoutes } from './routes/bank';
import { codecRoutes } from './routes/codec';
import { enforcementRoutes, leaseRoutes, leaseVerbRoutes, tenantRoutes } from './routes/leases';
import { importRouteSpecs, moneyRoutes, workRoutes } from './routes/money';
import { myRoutes } from './routes/my';
import { operatorRoutes, placeRoutes, priceRoutes } from './routes/places';
import { sessionRoutes } from './routes/session';

/** Every route that the server has: the router, the OpenAPI document and the tests that walk them all are made from this table. */
export const ROUTES = {
  ...sessionRoutes,
  ...operatorRoutes,
  ...placeRoutes,
  ...priceRoutes,
  ...tenantRoutes,
  ...leaseRoutes,
  ...leaseVerbRoutes,
  ...enforcementRoutes,
  ...moneyRoutes,
  ...bankRoutes,
  ...workRoutes,
  ...importRouteSpecs,
  ...codecRoutes,
  ...myRoutes,
} as const satisfies Record<string, RouteSpec>;
