import { createHttp } from './http';
import { createApi } from './tenant-api';

/** The API of the page's own origin. */
export const api = createApi(createHttp(window.fetch.bind(window), () => document.cookie));
