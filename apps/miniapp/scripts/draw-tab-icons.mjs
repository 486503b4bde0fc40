// node scripts/draw-tab-icons.mjs   Draws the tab bar's PNG files from the paths of src/styles/icons.scss (mini-programs take no SVG there).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const from = (path) => new URL(`../src/${path}`, import.meta.url);
const scss = readFileSync(from('styles/icons.scss'), 'utf8');
const tabs = { home: 'home', items: 'list', progress: 'clock', mine: 'user' };
const colours = { '': '#66736e', '-on': '#0b6b4f' };

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 81, height: 81 } });
mkdirSync(from('assets/'), { recursive: true });
for (const [tab, icon] of Object.entries(tabs)) {
  const path = new RegExp(`\\b${icon}'?: ['"]([^'"]+)['"]`).exec(scss)?.[1];
  if (!path) throw new Error(`No icon ${icon} in styles/icons.scss`);
  for (const [suffix, colour] of Object.entries(colours)) {
    await page.setContent(
      `<body style="margin:0"><svg width="81" height="81" viewBox="-3 -3 30 30" fill="none" stroke="${colour}" stroke-width="2"
        stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>`,
    );
    writeFileSync(from(`assets/tab-${tab}${suffix}.png`), await page.screenshot({ omitBackground: true }));
  }
}
await browser.close();
