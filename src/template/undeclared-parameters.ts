/** Parameters that a user gives a value, and that no template has. */
import { nearNames } from '../text/similar-names.js';
import type { ReadTemplates } from './resource.js';

/**
 * A sentence that names them, each with the declared names that it may be meant for; null where every name is
 * declared. A service of the Serverless Framework declares no names: any may be used, also in a file that it includes.
 */
export function undeclaredParameters(
  given: readonly string[],
  { files, parameters = [] }: Pick<ReadTemplates, 'files' | 'parameters'>,
): string | null {
  const declared = new Set(parameters);
  const unknown = given.filter((name) => !declared.has(name));
  if (unknown.length === 0 || files.some(({ format }) => format === 'serverless')) return null;
  const named = unknown.map((name) => {
    const near = nearNames(name, [...declared]);
    return near.length === 0 ? `“${name}”` : `“${name}” (did you mean ${near.join(' or ')}?)`;
  });
  return unknown.length === 1
    ? `no template declares the parameter ${named[0]}`
    : `no template declares these parameters: ${named.join(', ')}`;
}
