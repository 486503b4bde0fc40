import { setTimeout as sleep } from 'node:timers/promises';
import { run, which } from './run.mjs';

/** Packages can be installed without asking: Debian or Ubuntu, and we are root. */
export const canInstall = () => process.getuid?.() === 0 && which('apt-get') !== undefined;

let queue = Promise.resolve();
let updated;

async function update() {
  // The lock of the package lists knows no timeout (only dpkg's does), so another apt at work is waited out here.
  for (let attempt = 1; ; attempt++) {
    const { code, output } = await run('apt-get', ['update', '-q'], { allowFailure: true });
    if (code === 0 || attempt === 6 || !/lock/i.test(output)) return;
    await sleep(10_000);
  }
}

/**
 * Installs the first of `choices` (each a list of packages) that this release has. Installations queue up behind each
 * other; the package lists are brought up to date once a run.
 */
export function aptInstall(...choices) {
  const install = async () => {
    await (updated ??= update());
    let chosen = choices[0];
    for (const packages of choices) {
      const { code, output } = await run('apt-cache', ['show', '--no-all-versions', ...packages], {
        allowFailure: true,
      });
      if (code === 0 && packages.every((name) => output.includes(`Package: ${name}\n`))) {
        chosen = packages;
        break;
      }
    }
    await run(
      'apt-get',
      ['install', '-y', '-q', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...chosen],
      {
        env: { DEBIAN_FRONTEND: 'noninteractive' },
      },
    );
  };
  const mine = queue.then(install);
  queue = mine.catch(() => undefined);
  return mine;
}
