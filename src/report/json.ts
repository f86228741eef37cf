/** Documents as indented JSON text without raw control characters. */
import { escapeInJson } from '../text/visible.js';

export const toJson = (document: unknown): string => `${escapeInJson(JSON.stringify(document, null, 2))}\n`;

/**
 * The same text in pieces, one for each item of the document's top-level lists: for a thousand mappings, neither the
 * whole text nor a second copy must be in memory.
 */
export function* toJsonPieces(document: object): Generator<string> {
  const members = Object.entries(document).filter(([, value]) => value !== undefined);
  for (const [index, [name, value]] of members.entries()) {
    yield `${index === 0 ? '{' : ','}\n  ${escapeInJson(JSON.stringify(name))}: `;
    if (!Array.isArray(value) && !(value instanceof LazyItems)) yield laidOut(value, '  ');
    else {
      let opening = '[';
      for (const item of value as Iterable<unknown>) {
        yield `${opening}\n    ${itemText(item)}`;
        opening = ',';
      }
      yield opening === '[' ? '[]' : '\n  ]';
    }
  }
  yield members.length === 0 ? '{}\n' : '\n}\n';
}

const laidOut = (value: unknown, indent: string): string =>
  escapeInJson(JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${indent}`);

/** An item of a document's list. The objects in a list of its own can be those of earlier items: their text is the same. */
function itemText(item: unknown): string {
  if (typeof item !== 'object' || item === null || Array.isArray(item)) return laidOut(item, '    ');
  const members = Object.entries(item).filter(([, value]) => value !== undefined);
  if (members.length === 0) return '{}';
  const lines = members.map(([name, value]) => {
    const text =
      Array.isArray(value) && value.length > 0
        ? `[\n        ${value.map(memberText).join(',\n        ')}\n      ]`
        : laidOut(value, '      ');
    return `${escapeInJson(JSON.stringify(name))}: ${text}`;
  });
  return `{\n      ${lines.join(',\n      ')}\n    }`;
}

/** The text of an object that was met more than once; empty for one that was met once. */
const texts = new WeakMap<object, string>();

function memberText(value: unknown): string {
  if (typeof value !== 'object' || value === null) return laidOut(value, '        ');
  const earlier = texts.get(value);
  if (earlier) return earlier;
  const text = laidOut(value, '        ');
  texts.set(value, earlier === undefined ? '' : text);
  return text;
}

/** A list whose items are computed one at a time, when `toJsonPieces` reaches them. */
export const lazyItems = <T>(items: readonly T[], toItem: (item: T) => object): object => new LazyItems(items, toItem);

class LazyItems<T> {
  constructor(
    private readonly items: readonly T[],
    private readonly toItem: (item: T) => object,
  ) {}

  *[Symbol.iterator](): Generator<object> {
    for (const item of this.items) yield this.toItem(item);
  }
}

/** One document per line. */
export function* toJsonLines<T>(items: Iterable<T>, toDocument: (item: T) => object): Generator<string> {
  for (const item of items) yield `${escapeInJson(JSON.stringify(toDocument(item)))}\n`;
}
