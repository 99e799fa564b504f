import express, { type Express } from 'express';
import { ALL_ROUTES } from './all-routes';
import { isSecure } from './auth/sign-in';
import { docsPage } from './docs';
import { health } from './health';
import { openApi } from './openapi';
import { problemHandler, unknownPath } from './problems';
import { logRequests } from './request-log';
import { mountRoutes } from './router';
import type { Services } from './services';
import { letTemporalUiIn } from './temporal-ui-origin';
import { securityHeaders, webApps } from './web';

/** The HTTP server's whole surface. Any number of these may run beside each other; nothing is kept in the process. */
export function createApp(services: Services, isStopping: () => boolean = () => false): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag'); // a route says itself whether it has one
  app.set('trust proxy', services.trustedProxies);
  app.set('query parser', 'simple');
  app.use(logRequests(services.log), securityHeaders(isSecure(services)));
  app.use(health(services, isStopping));
  const document = openApi(
    ALL_ROUTES.map(({ spec }) => spec),
    services.publicUrl,
  );
  app.get('/v1/openapi.json', (_req, res) => void res.json(document));
  app.use('/docs', docsPage());
  app.use('/v1/codec', letTemporalUiIn(services.codec.uiOrigin));
  app.use(mountRoutes(ALL_ROUTES, services));
  app.use(webApps(services.webRoot));
  app.use(unknownPath, problemHandler(services.log));
  return app;
}
