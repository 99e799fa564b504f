import express, { type Router } from 'express';
import type { Services } from './services';

const PATIENCE_MS = 2_000;

async function answers(check: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, PATIENCE_MS, false);
  });
  const settled = check.then(
    (value) => value !== false,
    () => false,
  );
  return Promise.race([settled, late]).finally(() => clearTimeout(timer));
}

/** /healthz: the process lives. /readyz: what it needs answers, so traffic may come. Neither tells an outsider anything more. */
export function health(services: Services, isStopping: () => boolean): Router {
  const router = express.Router();
  router.get('/healthz', (_req, res) => void res.json({ ok: true }));
  router.get('/readyz', async (_req, res) => {
    const [database, temporal] = await Promise.all([
      answers(services.knex.raw('SELECT 1').then(() => true)),
      answers(services.temporalReady()),
    ]);
    const ok = database && temporal && !isStopping();
    res.status(ok ? 200 : 503).json({ ok, database, temporal });
  });
  return router;
}
