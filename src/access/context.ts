/** Looks up condition keys: case-insensitive, and a family such as `aws:PrincipalTag/*` can be known as a whole. */
import type { AccessRequest } from './access-question.js';

export type Context = AccessRequest['context'];

/** The key's values; null: not in the request; undefined: unknown. */
export function contextValues(context: Context, key: string): string[] | null | undefined {
  const possible = possibleValues(context, key);
  return possible.length === 1 ? possible[0] : undefined;
}

/**
 * The possible values of the key; empty where unknown. For a time span its two ends: a condition that is true at
 * both is true in between.
 */
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
