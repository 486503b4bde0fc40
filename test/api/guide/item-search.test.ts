import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { demoCity } from '../../../apps/api/src/db/demo/index.js';
import { initialsOf, itemRow } from '../../../apps/api/src/db/seed/item-rows.js';
import { searchItems } from '../../../apps/api/src/guide/item-search.js';

const items = demoCity.items.map(itemRow).sort((a, b) => a.rank - b.rank);
const found = (query: string) => searchItems(items, query).map(({ name }) => name);

describe('the search for items', () => {
  it('keeps every item in its order for an empty query', () => {
    expect(searchItems(items, '')).toEqual(items);
    expect(searchItems(items, '  \u3000')).toEqual(items);
  });

  it('puts names that begin with the query before names that hold it, and these before keywords', () => {
    const names = found('居民身份证');
    expect(names[0]).toBe('居民身份证到期换领');
    for (const name of found('护照').slice(0, 1)) expect(name).toContain('护照');
    const byKeyword = items.find(
      ({ keywords, name }) => keywords.includes('二代证') && !name.includes('二代证'),
    );
    expect(found('二代证')).toContain(byKeyword?.name);
  });

  it('finds by pinyin initials in either case', () => {
    expect(found('jmsfz')[0]).toContain('居民身份证');
    expect(found('JMSFZ')).toEqual(found('jmsfz'));
  });

  it('wants every word of the query', () => {
    const both = found('身份证 丢失');
    expect(both).toContain('居民身份证丢失补领');
    expect(both).not.toContain('居民身份证到期换领');
  });

  it('finds nothing for what no item has, whatever signs it holds', () => {
    expect(found('潜水艇驾照')).toEqual([]);
    expect(found("%' OR 1=1 --")).toEqual([]);
    expect(found('.*')).toEqual([]);
  });

  const anItem = fc.constantFrom(...items);
  const partOf = (text: string) =>
    fc
      .tuple(fc.nat(Math.max(0, text.length - 1)), fc.integer({ min: 1, max: text.length }))
      .map(([from, length]) => text.slice(from, from + length).replace(/\s/g, ''))
      .filter((part) => part !== '' && !/[,，、。]/.test(part));

  it('finds every item by any part of its name', () => {
    const cases = anItem.chain((item) => partOf(item.name).map((part) => ({ item, part })));
    fc.assert(fc.property(cases, ({ item, part }) => searchItems(items, part).includes(item)));
  });

  it('finds every item by the initials of its name, and by their beginning', () => {
    const cases = anItem.chain((item) =>
      fc.integer({ min: 1, max: initialsOf(item.name).length }).map((length) => ({ item, length })),
    );
    fc.assert(
      fc.property(cases, ({ item, length }) =>
        searchItems(items, initialsOf(item.name).slice(0, length)).includes(item),
      ),
    );
  });

  it('answers a longer query with a part of what the shorter one found', () => {
    const cases = anItem.chain((item) =>
      fc.tuple(fc.constant(item.name), fc.integer({ min: 1, max: item.name.length })),
    );
    fc.assert(
      fc.property(cases, ([name, length]) => {
        const wide = new Set(searchItems(items, name.slice(0, length)));
        return searchItems(items, name).every((item) => wide.has(item));
      }),
    );
  });

  it('never adds, drops twice or repeats an item, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), (query) => {
        const result = searchItems(items, query);
        return new Set(result).size === result.length && result.every((item) => items.includes(item));
      }),
    );
  });
});
