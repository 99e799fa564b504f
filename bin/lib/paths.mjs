import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The clone's folder, whatever the working directory. */
export const root = fileURLToPath(new URL('../../', import.meta.url)).replace(/\/$/, '');

/** A path in the clone. */
export const inRoot = (...parts) => join(root, ...parts);
