/** Markup that needs no escaping any more. */
export interface Html {
  readonly html: string;
}

type Part = Html | string | number | false | null | undefined | readonly Part[];

/** Markup from a template: strings are escaped, markup is not, lists are joined, nothing is left out. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: strings.reduce((text, next, i) => text + textOf(parts[i - 1]) + next) };
}

/** Text that is markup already: style sheets, scripts, drawings. */
export function raw(text: string): Html {
  return { html: text };
}

/** Text for a place inside markup or a quoted attribute. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A name as an anchor: letters, digits and dashes. Different names may give one anchor; pages number them. */
export function anchor(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

function textOf(part: Part): string {
  if (part === undefined || part === null || part === false) return '';
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  if ('html' in part) return part.html;
  return part.map(textOf).join('');
}
