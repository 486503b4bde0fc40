const { mkdtempSync, rmSync } = require('node:fs');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Marks this run of jest, so that its workers share one database and Redis, which the first test that needs them starts. */
module.exports = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'haoban-run-'));
  process.env.HAOBAN_TEST_RUN = folder;
  process.env.HAOBAN_TEST_OWNER = String(process.pid);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
};
