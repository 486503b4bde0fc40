/** Server-rendered pages. Whatever is not made by `html` itself is escaped. */

export class Html {
  constructor(readonly source: string) {}
}

export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function render(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.source;
  if (typeof value === 'string' || typeof value === 'number') {
    return String(value).replace(/[&<>"']/g, (char) => escapes[char] ?? char);
  }
  return value.map(render).join('');
}

export function html(strings: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(strings.reduce((all, part, index) => all + render(values[index - 1]) + part));
}

/** A button that POSTs JSON to a control route; named inputs of the surrounding `.fields` are added to the body. */
export function button(label: string, post: string, body: object = {}, look = ''): Html {
  return html`<button type="button" class="${look}" data-post="${post}" data-body="${JSON.stringify(body)}">
    ${label}
  </button>`;
}

/** Yuan with two decimals, from integer fen. */
export function yuan(fen: number): string {
  return `${fen < 0 ? '-' : ''}${Math.floor(Math.abs(fen) / 100)}.${String(Math.abs(fen) % 100).padStart(2, '0')}`;
}
