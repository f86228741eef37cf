/** Documents as indented JSON text without raw control characters. */
import { escapeInJson } from '../text/visible.js';

export const toJson = (document: unknown): string => `${escapeInJson(JSON.stringify(document, null, 2))}\n`;

/**
 * The same text in pieces, one for each item of the document's top-level lists: for a thousand mappings, neither the
 * whole text nor a second copy must be in memory.
 */
export function* toJsonPieces(document: object): Generator<string> {
  const laidOut = (value: unknown, indent: string) =>
    escapeInJson(JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${indent}`);
  const members = Object.entries(document).filter(([, value]) => value !== undefined);
  for (const [index, [name, value]] of members.entries()) {
    yield `${index === 0 ? '{' : ','}\n  ${escapeInJson(JSON.stringify(name))}: `;
    if (!Array.isArray(value) && !(value instanceof LazyItems)) yield laidOut(value, '  ');
    else {
      let opening = '[';
      for (const item of value as Iterable<unknown>) {
        yield `${opening}\n    ${laidOut(item, '    ')}`;
        opening = ',';
      }
      yield opening === '[' ? '[]' : '\n  ]';
    }
  }
  yield members.length === 0 ? '{}\n' : '\n}\n';
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
