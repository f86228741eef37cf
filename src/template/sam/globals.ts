/** The section `Globals` of a SAM template. */
import { isObject, type Json, type JsonObject } from '../resource.js';

/** The properties of a function with those that `Globals` gives to all functions: maps are merged, lists are joined. */
export function withGlobals(resource: JsonObject, template: JsonObject): JsonObject {
  const special = resource['Properties'];
  const globals = isObject(template['Globals']) ? template['Globals']['Function'] : undefined;
  const ignored = [resource['IgnoreGlobals'] ?? []].flat();
  if (!isObject(globals) || ignored.includes('*')) return isObject(special) ? special : {};
  const used = Object.fromEntries(Object.entries(globals).filter(([name]) => !ignored.includes(name)));
  const merged = merge(used, isObject(special) ? special : {});
  return isObject(merged) ? merged : {};
}

function merge(general: Json, special: Json): Json {
  if (Array.isArray(general) && Array.isArray(special)) return [...general, ...special];
  if (!isObject(general) || !isObject(special) || isIntrinsic(general) || isIntrinsic(special)) return special;
  const names = new Set([...Object.keys(general), ...Object.keys(special)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const [a, b] = [general[name], special[name]];
      return [name, a === undefined ? b! : b === undefined ? a : merge(a, b)];
    }),
  );
}

const isIntrinsic = (value: JsonObject): boolean => {
  const names = Object.keys(value);
  return names.length === 1 && (names[0] === 'Ref' || names[0]!.startsWith('Fn::'));
};
