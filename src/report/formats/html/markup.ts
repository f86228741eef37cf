/**
 * HTML and SVG as tagged templates: html`<p title="${text}">${text}</p>`. Every value is escaped, unless it is the
 * result of another template. Names come from an account or a stranger's file.
 */
import { visible } from '../../../text/visible.js';
import { contextsOf, type ValueContext } from './template-parts.js';

/** Finished HTML. Only this file makes it. */
export class Markup {
  constructor(readonly text: string) {}
}

/** Null, false and undefined are nothing; a list is its elements one after another. */
export type Value = string | number | Markup | null | undefined | false | readonly Value[];

const contextsOfTemplate = new WeakMap<TemplateStringsArray, readonly ValueContext[]>();

/** Throws `TypeError` for a template with a value where escaping would not be enough. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Markup {
  const contexts = contextsOfTemplate.get(parts) ?? contextsOf(parts);
  contextsOfTemplate.set(parts, contexts);
  let text = parts[0]!;
  for (const [index, value] of values.entries()) {
    const context = contexts[index]!;
    text += context.kind === 'text' ? inText(value) : inAttribute(value, context.attribute);
    text += parts[index + 1]!;
  }
  return new Markup(text);
}

function inText(value: Value): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Markup) return value.text;
  if (typeof value === 'object') return value.map(inText).join('');
  return escape(String(value));
}

const addresses = new Set(['href', 'src', 'xlink:href']);

/** A link leads to a part of the page or to a page of the web, never to a script. */
function inAttribute(value: Value, attribute: string): string {
  if (typeof value !== 'string' && typeof value !== 'number')
    throw new TypeError(`the attribute ${attribute} needs a text`);
  const text = String(value);
  return escape(addresses.has(attribute) && !/^(?:#|https:\/\/)/.test(text) ? '#' : text);
}

const references: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Control characters, marks that turn the direction of writing, and code points that are no characters are written out. */
const escape = (text: string): string =>
  visible(text)
    .replaceAll(/\p{Noncharacter_Code_Point}/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`)
    .replaceAll(/[&<>"'`]/g, (character) => references[character]!);

/** A text of our own code, such as the style sheet, as it is. Never for a text that was read. */
export const verbatim = (text: string): Markup => new Markup(text);

/** A sentence, with what is between backquotes as code. */
export function sentence(text: string): Markup {
  const parts = text.split('`');
  // A backquote without a second one is a character.
  if (parts.length % 2 === 0) return html`${text}`;
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : html`<code>${part}</code>`))}`;
}

/** Lines to copy, with line breaks between them. */
export const lines = (texts: readonly string[]): Value =>
  texts.map((line, index) => (index === 0 ? line : verbatim(`\n${escape(line)}`)));
