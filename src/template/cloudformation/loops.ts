/** `Fn::ForEach` of the transform AWS::LanguageExtensions, written out. */
import { isObject, type Json, type JsonObject } from '../resource.js';

/** An entry of a section after its loops are written out. `path`: where it is written, from the section. */
export interface Entry {
  name: string;
  value: Json;
  path: readonly (string | number)[];
}

/** More turns than any template has: CloudFormation accepts 500 resources (quota: resources per template). */
const mostTurns = 2000;

/**
 * The entries of a section. `listOf` gives the values of a collection: a literal list, or a parameter; a loop over a
 * collection that is not known has no entries.
 */
export function entriesOf(section: JsonObject, listOf: (collection: Json) => string[] | null): Entry[] {
  let turns = 0;
  const visit = (members: JsonObject, replace: (text: string) => string, path: Entry['path']): Entry[] =>
    Object.entries(members).flatMap(([key, value]) => {
      const at = [...path, key];
      if (!key.startsWith('Fn::ForEach::') || !Array.isArray(value))
        return [{ name: replace(key), value: replaceIn(value, replace), path: at }];
      const [identifier, collection, body] = value;
      const items = listOf(replaceIn(collection ?? null, replace));
      if (items === null || typeof identifier !== 'string' || !isObject(body)) return [];
      return items.flatMap((item) => {
        turns += 1;
        if (turns > mostTurns) return [];
        return visit(body, (text) => withItem(replace(text), identifier, item), [...at, 2]);
      });
    });
  return visit(section, (text) => text, []);
}

/** `&{…}` leaves out what is not a letter or digit, for logical ids. */
const withItem = (text: string, identifier: string, item: string): string =>
  text.replaceAll(`\${${identifier}}`, item).replaceAll(`&{${identifier}}`, item.replaceAll(/[^A-Za-z0-9]/g, ''));

function replaceIn(value: Json, replace: (text: string) => string): Json {
  if (typeof value === 'string') return replace(value);
  if (Array.isArray(value)) return value.map((item) => replaceIn(item, replace));
  if (!isObject(value)) return value;
  const [[name, argument] = []] = Object.entries(value);
  // A reference to the loop's variable.
  if (name === 'Ref' && typeof argument === 'string' && replace(`\${${argument}}`) !== `\${${argument}}`)
    return replace(`\${${argument}}`);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [replace(key), replaceIn(member, replace)]));
}
