import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { colours, radii, spaces } from '../../libs/design/src/tokens.js';

const css = readFileSync(fileURLToPath(new URL('../../libs/design/src/tokens.css', import.meta.url)), 'utf8');
const written = new Map(
  [...css.matchAll(/--([a-z0-9-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
);

/** inkTint → ink-tint, ink2 → ink-2 */
const cssName = (name: string) => name.replace(/([A-Z]|\d)/g, (part) => `-${part.toLowerCase()}`);

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: keyof typeof colours, other: keyof typeof colours): number {
  const [light = 0, dark = 0] = [luminance(colours[one]), luminance(colours[other])].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

describe('the design tokens', () => {
  it('are the same in CSS and in TypeScript', () => {
    for (const [name, value] of Object.entries(colours))
      expect([name, written.get(cssName(name))]).toEqual([name, value]);
    for (const [name, value] of Object.entries(radii))
      expect(written.get(`radius-${name}`)).toBe(`${value}px`);
    spaces.forEach((value, at) => expect(written.get(`space-${at + 1}`)).toBe(`${value}px`));
  });

  it.each([
    ['ink', 'card'],
    ['ink', 'page'],
    ['ink2', 'card'],
    ['ink2', 'page'],
    ['ink3', 'card'],
    ['ink3', 'page'],
    ['primary', 'card'],
    ['primary', 'primaryTint'],
    ['onPrimary', 'primary'],
    ['onPrimary', 'called'],
    ['called', 'calledTint'],
    ['warn', 'warnTint'],
    ['info', 'infoTint'],
    ['displayText', 'displayGround'],
    ['displayAccent', 'displayGround'],
    ['displayCalled', 'displayGround'],
  ] as const)('%s can be read on %s', (text, ground) => {
    expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('borders of controls stand out from their ground', () => {
    expect(contrast('controlLine', 'card')).toBeGreaterThanOrEqual(3);
  });
});
