import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Element } from './host.js';
import { dist } from './weapp.js';

/** What a screen reader is told of an element. */
export interface Spoken {
  readonly role: unknown;
  readonly label: unknown;
  readonly checked: unknown;
  readonly disabled: unknown;
}

let template: string | undefined;

/** Reads an element as WeChat does: by the short names under which the built template hands the attributes on. */
export function spokenOf(element: Element | undefined): Spoken {
  template ??= readFileSync(join(dist, 'base.wxml'), 'utf8');
  const text = template;
  const given = (attribute: string) => {
    const [, short = ''] = new RegExp(`<view [^>]*aria-${attribute}="{{i\\.(p\\d+)}}"`).exec(text) ?? [];
    return element?.[short];
  };
  return {
    role: given('role'),
    label: given('label'),
    checked: given('checked'),
    disabled: given('disabled'),
  };
}
