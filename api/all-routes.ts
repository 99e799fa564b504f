import type { BoundRoute } from './call';
import { bankRoutes } from './routes/bank';
import { codecRoutes } from './routes/codec';
import { importRoutes } from './routes/imports';
import { leaseVerbRoutes } from './routes/lease-verbs';
import { leaseRoutes } from './routes/leases';
import { moneyRoutes } from './routes/money';
import { myRoutes } from './routes/my';
import { operatorRoutes } from './routes/operators';
import { placeRoutes } from './routes/places';
import { priceRoutes } from './routes/prices';
import { sessionRoutes } from './routes/session';
import { staffRoutes } from './routes/staff';
import { tenantRoutes } from './routes/tenants';
import { workRoutes } from './routes/work';

/** Every route with its handler; architecture.test.ts holds it against the table in contract/http/routes. */
export const ALL_ROUTES: readonly BoundRoute[] = [
  ...sessionRoutes,
  ...staffRoutes,
  ...operatorRoutes,
  ...placeRoutes,
  ...priceRoutes,
  ...tenantRoutes,
  ...leaseRoutes,
  ...leaseVerbRoutes,
  ...moneyRoutes,
  ...bankRoutes,
  ...workRoutes,
  ...importRoutes,
  ...codecRoutes,
  ...myRoutes,
];
