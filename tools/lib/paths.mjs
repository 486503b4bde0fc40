import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. Every path that the tools use starts here, so they work from any current directory. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

export const inRoot = (...parts) => join(root, ...parts);

/** The developer's own data: database, Redis, secrets, logs. `npm test` and a private journey use another folder. */
export const developerData = inRoot('.data');
