/**
 * A fact about one mapping: known, not read, or not applicable because what it is about is not there.
 * `null` as a known value says that AWS answered "not found", or that the mapping has no such thing.
 */
import { isOk, type Read, type ReadFailure } from '../snapshot/read.js';

export type Fact<T> =
  | { is: 'known'; value: T }
  | { is: 'unread'; missing: ReadFailure[] }
  | { is: 'not-applicable'; because: string };

/** A fact for each member of `Values`, by the same names. */
export type FactsOf<Values> = { readonly [Name in keyof Values]: Fact<Values[Name]> };

/** How each member of `Values` is derived from the other facts about the mapping: from those of `Values` and of `Others`. */
export type Derivations<Values, Others = unknown> = {
  readonly [Name in keyof Values]: (facts: FactsOf<Values & Others>) => Fact<Values[Name]>;
};

export const known = <T>(value: T): Fact<T> => ({ is: 'known', value });
export const unread = (...missing: ReadFailure[]): Fact<never> => ({ is: 'unread', missing });
/** `because` is a clause for people, without a period: "the mapping names no secret". */
export const notApplicable = (because: string): Fact<never> => ({ is: 'not-applicable', because });

/** A read as a fact; not found counts as unread, for a resource whose absence says nothing. */
export const fromRead = <T>(read: Read<T>): Fact<T> => (isOk(read) ? known(read.value) : unread(read));

/** A read as a fact where "not found" is an answer: null. */
export const fromReadOrGone = <T>(read: Read<T>): Fact<T | null> =>
  !isOk(read) && read.outcome === 'not-found' ? known(null) : fromRead(read);

/** The value where it is known, else null: for what can be judged without it. */
export const valueOrNull = <T>(fact: Fact<T>): T | null => (fact.is === 'known' ? fact.value : null);

/** A fact derived from another one; what is unread or not applicable stays so. */
export const andThen = <T, U>(fact: Fact<T>, derive: (value: T) => Fact<U>): Fact<U> =>
  fact.is === 'known' ? derive(fact.value) : fact;

/** A known value changed; what is unread or not applicable stays so. */
export const mapFact = <T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> =>
  andThen(fact, (value) => known(change(value)));

type ValuesOf<F extends readonly Fact<unknown>[]> = { [K in keyof F]: F[K] extends Fact<infer T> ? T : never };

/** Several facts as one: not applicable if any is, else unread with all that is missing, else all values. */
export function all<const F extends readonly Fact<unknown>[]>(...facts: F): Fact<ValuesOf<F>> {
  // Most facts are known, and there are very many.
  if (facts.every((fact) => fact.is === 'known'))
    return known(facts.map((fact) => (fact as { value: unknown }).value) as ValuesOf<F>);
  const inapplicable = facts.find((fact) => fact.is === 'not-applicable');
  if (inapplicable?.is === 'not-applicable') return inapplicable;
  return unread(...new Set(facts.flatMap((fact) => (fact.is === 'unread' ? fact.missing : []))));
}
