import { existsSync } from 'node:fs';
import { aptInstall, canInstall } from './apt.mjs';
import { UserError } from './log.mjs';
import { run, which } from './run.mjs';

const findChromium = () =>
  [
    process.env.CHROMIUM_PATH,
    which('chromium'),
    which('chromium-browser'),
    which('google-chrome'),
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  ].find((path) => path && existsSync(path));

/** Without a font that has Chinese, the browser draws boxes and no screen test means anything. */
async function hasChineseFont() {
  if (process.platform === 'darwin') return true;
  if (!which('fc-list')) return existsSync('/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc');
  const { output } = await run('fc-list', [':lang=zh'], { allowFailure: true });
  return output.trim() !== '';
}

/** Resolves the path of a Chromium that can show Chinese; installs both on Debian or Ubuntu as root, else names them. */
export async function provideBrowser() {
  const missing = async () => [
    ...(findChromium() ? [] : ['chromium']),
    ...((await hasChineseFont()) ? [] : ['fonts-noto-cjk']),
  ];
  const packages = await missing();
  if (packages.length > 0 && canInstall()) await aptInstall(packages);
  const left = await missing();
  if (left.length > 0) {
    throw new UserError(
      `The tests need ${left.join(' and ')}. Install:\n` +
        `  Debian, Ubuntu:  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${left.join(' ')}\n` +
        'or name a browser: CHROMIUM_PATH=/path/to/chromium npm test',
    );
  }
  return findChromium();
}
