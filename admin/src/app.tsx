import { lazy } from 'react';
import { Admin, Resource } from 'react-admin';
import { approvals } from './approvals';
import { audit } from './audit';
import { bankLines } from './bank-lines';
import { bills } from './bills';
import { buildings } from './buildings';
import { communities } from './communities';
import { createAuthProvider } from './data/auth-provider';
import { createDataProvider } from './data/data-provider';
import { createHttp, type Language } from './data/http';
import { newKey } from './data/idempotency-key';
import { i18nProvider } from './i18n/provider';
import { imports } from './imports';
import { AppLayout } from './layout/layout';
import { LoginPage } from './layout/login-page';
import { leases } from './leases';
import { payments } from './payments';
import { policy } from './policy';
import { prices } from './prices';
import { quarantinedPayments } from './quarantined-payments';
import { quotes } from './quotes';
import { rooms } from './rooms';
import { tenants } from './tenants';
import { theme } from './theme';
import { workOrders } from './work-orders';

const language = (): Language => (i18nProvider.getLocale() === 'en' ? 'en' : 'zh');
const http = createHttp(window.fetch.bind(window), () => document.cookie, language);
const dataProvider = createDataProvider(http, newKey);
const authProvider = createAuthProvider(http);
const Dashboard = lazy(() => import('./dashboard/dashboard'));

export const App = () => (
  <Admin
    dataProvider={dataProvider}
    authProvider={authProvider}
    i18nProvider={i18nProvider}
    theme={theme}
    darkTheme={null}
    layout={AppLayout}
    loginPage={LoginPage}
    dashboard={Dashboard}
    requireAuth
    disableTelemetry
  >
    <Resource name="approvals" {...approvals} />
    <Resource name="leases" {...leases} />
    <Resource name="rooms" {...rooms} />
    <Resource name="bills" {...bills} />
    <Resource name="payments" {...payments} />
    <Resource name="bank-lines" {...bankLines} />
    <Resource name="quarantined-payments" {...quarantinedPayments} />
    <Resource name="work-orders" {...workOrders} />
    <Resource name="tenants" {...tenants} />
    <Resource name="communities" {...communities} />
    <Resource name="buildings" {...buildings} />
    <Resource name="prices" {...prices} />
    <Resource name="quotes" {...quotes} />
    <Resource name="imports" {...imports} />
    <Resource name="policy" {...policy} />
    <Resource name="audit-entries" {...audit} />
  </Admin>
);
