/** Looking up condition keys: names ignore case, and a family such as `aws:PrincipalTag/*` can be known as a whole. */
import type { AccessRequest } from './answer.js';

export type Context = AccessRequest['context'];

/** The key's values; null: the request has no such key; undefined: not known. */
export function contextValues(context: Context, key: string): string[] | null | undefined {
  const possible = possibleValues(context, key);
  return possible.length === 1 ? possible[0] : undefined;
}

/** What the key's values may be, one possibility or more; none where that is not known. Of a span of time the two ends: what holds at both holds between them. */
export function possibleValues(context: Context, key: string): (string[] | null)[] {
  const wanted = key.toLowerCase();
  const names = Object.keys(context);
  const slash = wanted.indexOf('/');
  const name =
    names.find((candidate) => candidate.toLowerCase() === wanted) ??
    (slash < 0 ? undefined : names.find((candidate) => candidate.toLowerCase() === `${wanted.slice(0, slash)}/*`));
  const value = name === undefined ? undefined : context[name];
  if (value === undefined) return [];
  if (value === null) return [null];
  return typeof value === 'object' && 'among' in value
    ? value.among.map((possibility) => (possibility === null ? null : [possibility]))
    : [[value].flat()];
}
