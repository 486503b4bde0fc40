import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { drawSpecimen } from '../../../apps/api/src/guide/specimen-svg.js';

const texts = (svg: string) => svg.replace(/<[^>]*>/g, '');

describe('the specimen of a form', () => {
  it('shows title, labels and values under a watermark, and says that it is a sample', () => {
    const svg = drawSpecimen({
      title: '居民身份证申领登记表',
      fields: [
        { label: '申领人', value: '林晓榕' },
        { label: '申领原因', value: '有效期满换领' },
      ],
    });
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" viewBox="0 0 794 1123"/);
    for (const text of [
      '居民身份证申领登记表',
      '申领人',
      '林晓榕',
      '有效期满换领',
      '样例',
      '申请人（签名或盖章）',
    ]) {
      expect(texts(svg)).toContain(text);
    }
  });

  it('keeps markup and scripts as text', () => {
    const evil = `<script>alert("1")</script>&'`;
    const svg = drawSpecimen({ title: evil, fields: [{ label: evil, value: evil }] });
    expect(svg).not.toContain('<script');
    expect(texts(svg)).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&amp;&#39;');
  });

  it('wraps long texts, loses none of their characters and grows with them', () => {
    const value = '申请人承诺所填写的内容和提交的材料真实有效，如有虚假愿意承担法律责任。'.repeat(12);
    const svg = drawSpecimen({
      title: '长表'.repeat(30),
      fields: Array.from({ length: 6 }, () => ({ label: '承诺内容和说明事项', value })),
    });
    expect(svg.match(/<tspan/g)?.length).toBeGreaterThan(60);
    expect(texts(svg)).toContain(value);
    expect(Number(/viewBox="0 0 794 (\d+)/.exec(svg)?.[1])).toBeGreaterThan(1123);
  });

  it('is well-formed whatever the texts hold', () => {
    const text = fc.string({ unit: 'binary', maxLength: 80 });
    const field = fc.record({ label: text, value: text });
    fc.assert(
      fc.property(text, fc.array(field, { maxLength: 5 }), (title, fields) => {
        const svg = drawSpecimen({ title, fields });
        // Nothing between tags and in attributes but escaped text.
        const rest = svg.replace(/<\/?(?:svg|rect|text|tspan|line)(?: [\w:-]+="[^"<]*")*\/?>/g, '');
        return (
          !/[<>]/.test(rest) && !/&(?!amp;|lt;|gt;|quot;|#39;)/.test(svg) && !/[\u0000-\u001f]/.test(svg)
        );
      }),
    );
  });
});
