import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { demoCity } from '../../apps/api/src/db/demo/index.js';

/** Every text of the demo city, wherever it stands. */
const textsOf = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (value !== null && typeof value === 'object') return Object.values(value).flatMap(textsOf);
  return [];
};
const han = '[\\u4e00-\\u9fff]';
const texts = [...new Set(textsOf(demoCity))].filter((text) => new RegExp(han).test(text));

describe('the Chinese texts', () => {
  it('use full-width punctuation', () => {
    const halfWidth = new RegExp(`${han}[,;:?!()"'.]|[,;?!()"']${han}|\\.\\.\\.`);
    expect(texts.filter((text) => halfWidth.test(text))).toEqual([]);
  });

  it('contain no placeholder, no doubled punctuation and no stray blanks', () => {
    const placeholder = /TODO|FIXME|XXX|xxx|待定|待补|示例文字|占位|张三|李四|某某/;
    const untidy = /[，。；：、]{2}|^\s|\s$|\s{2}|[，；：、]$/;
    expect(texts.filter((text) => placeholder.test(text))).toEqual([]);
    expect(texts.filter((text) => untidy.test(text))).toEqual([]);
  });

  it('end a sentence with a full stop in conditions, steps, answers, notes and legal texts', () => {
    const sentences = demoCity.items.flatMap((item) => [
      ...item.conditions,
      ...item.process.map((step) => step.text),
      ...item.faq.map((entry) => entry.answer),
      ...item.materials.flatMap((material) => (material.note === null ? [] : [material.note])),
      ...item.legalBasis.map((basis) => basis.text),
    ]);
    expect(sentences.filter((text) => !/[。”]$/.test(text))).toEqual([]);
    expect(
      demoCity.items.flatMap((item) => item.faq).filter((entry) => !entry.question.endsWith('？')),
    ).toEqual([]);
  });

  it('have brackets and quotation marks in pairs', () => {
    const count = (text: string, mark: string) => text.split(mark).length;
    const pairs = ['（）', '《》', '“”', '〔〕'];
    const odd = texts.filter((text) =>
      pairs.some(([open = '', close = '']) => count(text, open) !== count(text, close)),
    );
    expect(odd).toEqual([]);
  });
});

describe('the data files', () => {
  it('stay within 300 lines, and none knows a clock', () => {
    const folder = join(__dirname, '../../apps/api/src/db/demo');
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(20);
    for (const name of files) {
      const source = readFileSync(join(folder, name), 'utf8');
      expect([name, source.split('\n').length <= 301]).toEqual([name, true]);
      expect([name, /new Date|Date\.now|Math\.random/.test(source)]).toEqual([name, false]);
    }
  });
});
