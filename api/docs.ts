import { dirname } from 'node:path';
import express, { type Router } from 'express';

// swagger-ui-dist has no types for its path helper; the package's own folder is all that is needed.
const ASSETS = dirname(require.resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>智慧公寓平台 API</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/docs/swagger-ui.css">
<link rel="icon" href="/docs/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`;

/** Sends the CSRF token of a signed-in browser along, so that "Try it out" works as that person. */
const START = `'use strict';
SwaggerUIBundle({
  url: '/v1/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  docExpansion: 'none',
  filter: true,
  requestInterceptor: function (request) {
    var csrf = /(?:^|; )csrf=([^;]+)/.exec(document.cookie);
    if (csrf) request.headers['X-CSRF-Token'] = csrf[1];
    return request;
  },
});
`;

/** The API's browsable page at /docs, from files of this installation only: no script comes from elsewhere. */
export function docsPage(): Router {
  const router = express.Router();
  router.get('/', (_req, res) => void res.type('html').send(PAGE));
  router.get('/start.js', (_req, res) => void res.type('text/javascript').send(START));
  router.use(express.static(ASSETS, { index: false, maxAge: '1h' }));
  return router;
}
