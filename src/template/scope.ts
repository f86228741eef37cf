/** The account and region of templates that do not name them. */
import { partitionOf } from '../aws/partitions.js';
import { unknownAccount, unknownRegion } from '../snapshot/symbols.js';
import type { Scope } from './cloudformation/identities.js';

/**
 * What the user gives; otherwise the one region or account that the texts name; otherwise unknown. A text that names
 * several tells nothing.
 */
export function scopeOf(
  texts: readonly string[],
  given: { region?: string | undefined; account?: string | undefined },
): Scope {
  const region = given.region ?? only(texts, /\b[a-z]{2}(?:-[a-z]{2,12}){1,3}-\d\b/g) ?? unknownRegion;
  const account = given.account ?? only(texts, /(?<=:)\d{12}(?=:)/g) ?? unknownAccount;
  return { partition: partitionOf(region), region, account };
}

function only(texts: readonly string[], pattern: RegExp): string | undefined {
  const found = new Set(texts.flatMap((text) => text.match(pattern) ?? []));
  return found.size === 1 ? [...found][0] : undefined;
}
