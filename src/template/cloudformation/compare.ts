/** Comparison of values that may contain symbols. */
import type { TriState } from '../../access/tri-state.js';
import { mayBeEqual } from '../../access/may-match.js';
import { hasSymbol } from '../../snapshot/symbols.js';
import type { Json } from '../resource.js';

/** Equal symbols are equal texts; a symbol and another text may be equal. */
export function equal(a: Json, b: Json): TriState {
  const [left, right] = [text(a), text(b)];
  if (left === right) return 'yes';
  if (!hasSymbol(left) && !hasSymbol(right)) return 'no';
  return mayBeEqual(left, right, { wildcards: false }) ? 'unknown' : 'no';
}

const text = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));
