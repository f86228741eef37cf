/** Type constraints of variables: the conversions and default members that they give. */
import { evaluate } from './evaluate.js';
import { type Scope } from './scope.js';
import type { Expression } from './tree.js';
import {
  isPartlyUnknown,
  isUnknown,
  isValueObject,
  numberOfValue,
  textOfValue,
  truthOf,
  type Value,
} from './values.js';

/** The value as the variable has it. Throws `Failure` for a value of another type. */
export function convert(value: Value, type: Expression, scope: Scope): Value {
  if (value === null || isUnknown(value)) return value;
  if (type.is === 'variable') {
    if (type.name === 'string') return textOfValue(value);
    if (isPartlyUnknown(value)) return value;
    if (type.name === 'number') return numberOfValue(value);
    if (type.name === 'bool') return truthOf(value) === 'yes';
    return value;
  }
  if (type.is !== 'call') return value;
  const [inner] = type.args;
  if (inner === undefined) return value;
  if (type.name === 'optional') return convert(value, inner, scope);
  if (type.name === 'object' && inner.is === 'object' && isValueObject(value))
    return Object.fromEntries(
      inner.entries.flatMap(({ key, value: member }): [string, Value][] => {
        const name = key.is === 'literal' ? String(key.value) : '';
        const given = Object.hasOwn(value, name) ? value[name]! : null;
        return [[name, given === null ? fallback(member, scope) : convert(given, member, scope)]];
      }),
    );
  if ((type.name === 'list' || type.name === 'set') && Array.isArray(value))
    return value.map((item) => convert(item, inner, scope));
  if (type.name === 'map' && isValueObject(value))
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, convert(item, inner, scope)]));
  return value;
}

/** The value of a member that is left out. */
function fallback(type: Expression, scope: Scope): Value {
  if (type.is !== 'call' || type.name !== 'optional') return null;
  const [inner, value] = type.args;
  return value === undefined || inner === undefined ? null : convert(evaluate(value, scope), inner, scope);
}
