/** Comparison of values that may contain symbols. */
import type { TriState } from '../../access/tri-state.js';
import { hasSymbol, replaceSymbols } from '../../snapshot/symbols.js';
import type { Json } from '../resource.js';

/** Equal symbols are equal texts; a symbol and another text may be equal. */
export function equal(a: Json, b: Json): TriState {
  const [left, right] = [text(a), text(b)];
  if (left === right) return 'yes';
  if (!hasSymbol(left) && !hasSymbol(right)) return 'no';
  return mayBeEqual(left, right) ? 'unknown' : 'no';
}

const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Whether the beginnings and ends that are known agree. */
function mayBeEqual(left: string, right: string): boolean {
  const parts = (value: string): string[] => replaceSymbols(value, () => '\0').split('\0');
  const [a, b] = [parts(left), parts(right)];
  const agree = (x: string, y: string, begins: boolean): boolean => {
    const length = Math.min(x.length, y.length);
    return begins
      ? x.slice(0, length) === y.slice(0, length)
      : x.slice(x.length - length) === y.slice(y.length - length);
  };
  return agree(a[0]!, b[0]!, true) && agree(a.at(-1)!, b.at(-1)!, false);
}
