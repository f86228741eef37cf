/**
 * Symbols: text in place of a value that is not known before a template is deployed. The same unknown value has the
 * same symbol wherever it appears, so two equal symbols are equal texts; a symbol and any other text may be equal or not.
 * Symbols have the form of the values that they replace, so that ARNs which contain them can be parsed.
 */
import { createHash } from 'node:crypto';

/** An account that is not known: neither a real one nor the 000000000000 of simulators, which also ends placeholder UUIDs. */
export const unknownAccount = '009900990099';
/** A region that is not known. */
export const unknownRegion = 'zz-unknown-0';

const hash = (key: string, length: number): string => createHash('sha256').update(key).digest('hex').slice(0, length);

/** A symbol for any text; `key` identifies the value. */
export const textSymbol = (key: string): string => `zz0${hash(key, 8)}0zz`;

/** A symbol for a UUID that AWS assigns. */
export const uuidSymbol = (key: string): string => `00000000-0000-4000-a000-${hash(key, 12)}`;

/** A symbol for an id such as `sg-…` or `vpc-…` that AWS assigns. */
export const idSymbol = (prefix: string, key: string): string => `${prefix}-00000${hash(key, 12)}`;

const symbols = String.raw`zz0[0-9a-f]{8}0zz|00000000-0000-4000-a000-[0-9a-f]{12}|\b[a-z]+-00000[0-9a-f]{12}\b|009900990099|zz-unknown-0`;
const anySymbol = new RegExp(symbols);
const everySymbol = new RegExp(symbols, 'g');
const onlySymbol = new RegExp(`^(?:${symbols})$`);

/** One of these is in every symbol; looking for them first is faster than the expression, and most texts have none. */
const markers = ['00000', 'zz', unknownAccount];

/** Whether the text contains a symbol. */
export const hasSymbol = (text: string): boolean =>
  markers.some((marker) => text.includes(marker)) && anySymbol.test(text);

/** Whether the text is one symbol. */
export const isSymbol = (value: unknown): boolean => typeof value === 'string' && onlySymbol.test(value);

/** The text with each symbol replaced. */
export const replaceSymbols = (text: string, replacement: (symbol: string, index: number) => string): string =>
  text.replace(everySymbol, replacement);

/** Where the first symbol of the text begins; the length of the text where it has none. */
export function beginOfSymbol(text: string): number {
  const index = text.search(anySymbol);
  return index < 0 ? text.length : index;
}

/** Whether a symbol stands for any text; the others stand for an id, a UUID, an account or a region. */
export const isTextSymbol = (symbol: string): boolean => symbol.startsWith('zz0');
