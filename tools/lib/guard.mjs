// Started by lock.mjs. It does nothing but wait for its owner to end: however that happens (also kill -9 or a closed
// terminal), the pipe on stdin then closes, and what the owner left running is ended in order.
import { rmSync } from 'node:fs';
import { isHeld, recover } from './lock.mjs';

const [dataDir, kind] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

process.stdin.resume().on('close', async () => {
  // The next start may have taken over already; then the folder is its business.
  if (isHeld(dataDir)) return;
  await recover(dataDir);
  if (kind === 'disposable') rmSync(dataDir, { recursive: true, force: true });
});
