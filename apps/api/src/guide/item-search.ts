/**
 * Finds items by what people type: part of the Chinese name, an everyday word that the keywords hold, or the pinyin initials
 * that they type when the input method is in the way (bdc for 不动产). A city has a few hundred items, so looking at each is
 * faster than any index.
 */
import type { ServiceItem } from './catalogue.service.js';

/** How well an item fits, best first; the position in this list is the rank. */
const fits = ['name prefix', 'name', 'keyword', 'initials'] as const;

interface SearchText {
  readonly name: string;
  readonly keywords: string;
  readonly initials: readonly string[];
}

const prepared = new WeakMap<ServiceItem, SearchText>();

function textOf(item: ServiceItem): SearchText {
  const known = prepared.get(item);
  if (known) return known;
  const made = {
    name: fold(item.name),
    keywords: fold(item.keywords),
    initials: item.initials.split(' ').filter((word) => word !== ''),
  };
  prepared.set(item, made);
  return made;
}

/** Full-width letters and digits as half-width, capitals as small. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** The items that hold every word of `query`, best fit first, equal ones in their order. An empty query keeps them all. */
export function searchItems(items: readonly ServiceItem[], query: string): readonly ServiceItem[] {
  const words = fold(query)
    .split(/[\s,，、。]+/)
    .filter((word) => word !== '');
  if (words.length === 0) return items;
  const found = items.flatMap((item) => {
    const ranks = words.map((word) => rankOf(textOf(item), word));
    return ranks.includes(-1) ? [] : [{ item, rank: Math.max(...ranks) }];
  });
  // Array.prototype.sort is stable: what fits alike stays in the order of how often it is asked for.
  return found.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}

/** @returns a position in `fits`, or -1 */
function rankOf({ name, keywords, initials }: SearchText, word: string): number {
  if (name.startsWith(word)) return fits.indexOf('name prefix');
  if (name.includes(word)) return fits.indexOf('name');
  if (keywords.includes(word)) return fits.indexOf('keyword');
  if (/^[a-z0-9]+$/.test(word) && initials.some((text) => text.includes(word)))
    return fits.indexOf('initials');
  return -1;
}
