import { existsSync } from 'node:fs';
import { join } from 'node:path';
import express, { type RequestHandler, type Router } from 'express';
import helmet from 'helmet';

/**
 * Strict: scripts, connections and frames from this server alone. Styles may be inline, because the component libraries of both apps
 * (emotion, antd) write style elements; they are no way for a script in.
 */
export const securityHeaders = (https: boolean): RequestHandler =>
  helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        'style-src': ["'self'", "'unsafe-inline'"],
        'img-src': ["'self'", 'data:', 'blob:'],
        'font-src': ["'self'", 'data:'],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'worker-src': ["'self'"],
        'form-action': ["'self'"],
        'base-uri': ["'none'"],
        'frame-ancestors': ["'none'"],
        ...(https ? { 'upgrade-insecure-requests': [] } : {}),
      },
    },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
  });

const HASHED = /\/assets\//;

/** One built single-page app: its files, and its page for every address that the app itself routes. */
function singlePage(folder: string): Router {
  const router = express.Router();
  router.use(
    express.static(folder, {
      index: false,
      setHeaders: (res, path) => {
        res.setHeader('Cache-Control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
      },
    }),
  );
  router.get('/{*path}', (req, res, next) => {
    const page = join(folder, 'index.html');
    // A missing script must be a 404, not a page that the browser then tries to run.
    if (/\.\w{1,8}$/.test(req.path) || !req.accepts('html') || !existsSync(page)) return next();
    res.setHeader('Cache-Control', 'no-cache');
    res.sendFile(page);
  });
  return router;
}

/** Addresses that answer with problems, never with a page. */
const OURS = /^\/(v1|callbacks|docs|admin)(\/|$)/;

/** Admin at /admin, the tenants' app at /; the API's own paths were served before. */
export function webApps(webRoot: string): Router {
  const router = express.Router();
  router.get('/admin', (req, res, next) => (req.path.endsWith('/') ? next() : res.redirect(308, '/admin/')));
  router.use('/admin', singlePage(join(webRoot, 'admin')));
  const tenant = singlePage(join(webRoot, 'tenant'));
  router.use((req, res, next) => (OURS.test(req.path) ? next() : tenant(req, res, next)));
  return router;
}
