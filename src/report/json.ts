/** Documents as JSON text: indented, and without a raw control character. */
import { escapeInJson } from '../text/visible.js';

export const toJson = (document: unknown): string => `${escapeInJson(JSON.stringify(document, null, 2))}\n`;

/**
 * The same text in pieces, one for each item of the document's own lists: of a thousand mappings neither the whole
 * text nor a second copy of it has to stand in memory.
 */
export function* toJsonPieces(document: object): Generator<string> {
  const laidOut = (value: unknown, indent: string) =>
    escapeInJson(JSON.stringify(value, null, 2) ?? 'null').replaceAll('\n', `\n${indent}`);
  const members = Object.entries(document).filter(([, value]) => value !== undefined);
  for (const [index, [name, value]] of members.entries()) {
    yield `${index === 0 ? '{' : ','}\n  ${escapeInJson(JSON.stringify(name))}: `;
    if (!Array.isArray(value) || value.length === 0) yield laidOut(value, '  ');
    else {
      for (const [at, item] of value.entries()) yield `${at === 0 ? '[' : ','}\n    ${laidOut(item, '    ')}`;
      yield '\n  ]';
    }
  }
  yield members.length === 0 ? '{}\n' : '\n}\n';
}

/** One document a line. */
export function* toJsonLines<T>(items: Iterable<T>, toDocument: (item: T) => object): Generator<string> {
  for (const item of items) yield `${escapeInJson(JSON.stringify(toDocument(item)))}\n`;
}
