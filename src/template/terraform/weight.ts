/** The size of values: a few lines can describe a value that no memory holds. */
import { Failure, isValueObject, type Value } from './values.js';

/** Characters and members of the largest value: far more than any configuration of people has. */
const heaviest = 500_000;

const weights = new WeakMap<object, number>();

/** The value. Throws `Failure` for one that is too large. Parts that values share count each time. */
export function bounded(value: Value): Value {
  if (weightOf(value) > heaviest) throw new Failure('too large');
  return value;
}

function weightOf(value: Value): number {
  if (typeof value === 'string') return value.length;
  if (!Array.isArray(value) && !isValueObject(value)) return 1;
  let weight = weights.get(value);
  if (weight === undefined) {
    weight = 1;
    for (const [name, member] of Object.entries(value)) weight += name.length + weightOf(member as Value);
    weights.set(value, weight);
  }
  return weight;
}
