// node test/support/dev-services.mjs <file> <owner pid>
// A private database and Redis for one run of jest that wasn't started by `npm test`: writes their addresses to <file>
// and ends with the process <owner>.
import { renameSync, writeFileSync } from 'node:fs';
import { startPrivateServers } from '../../tools/lib/private-stack.mjs';

const [file, owner] = process.argv.slice(2);
const { lock, servers } = await startPrivateServers();
writeFileSync(`${file}.part`, JSON.stringify(servers));
renameSync(`${file}.part`, file);

const stop = async () => {
  await lock.release();
  process.exit(0);
};
process.on('SIGTERM', stop);
setInterval(() => {
  try {
    process.kill(Number(owner), 0);
  } catch {
    void stop();
  }
}, 500);
