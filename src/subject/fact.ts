/**
 * A fact about one mapping: known, unread, or not applicable because its subject does not exist. A known `null`
 * means that AWS answered “not found”, or that the mapping has no such thing.
 */
import { isOk, type Read, type ReadFailure } from '../snapshot/read.js';

export type Fact<T> =
  | { is: 'known'; value: T }
  | { is: 'unread'; missing: ReadFailure[] }
  | { is: 'not-applicable'; because: string };

/** A fact for each member of `Values`, under the same name. */
export type FactsOf<Values> = { readonly [Name in keyof Values]: Fact<Values[Name]> };

/**
 * How each member of `Values` is derived from other facts about the mapping: from those of `Values` and of `Others`.
 */
export type Derivations<Values, Others = unknown> = {
  readonly [Name in keyof Values]: (facts: FactsOf<Values & Others>) => Fact<Values[Name]>;
};

export const known = <T>(value: T): Fact<T> => ({ is: 'known', value });
export const unread = (...missing: ReadFailure[]): Fact<never> => ({ is: 'unread', missing });
/** `because` is a clause for people, without a period: "the mapping names no secret". */
export const notApplicable = (because: string): Fact<never> => ({ is: 'not-applicable', because });

/** A read as a fact. “Not found” counts as unread, for a resource whose absence says nothing. */
export const fromRead = <T>(read: Read<T>): Fact<T> => (isOk(read) ? known(read.value) : unread(read));

/** A read as a fact. “Not found” is an answer: null. */
export const fromReadOrGone = <T>(read: Read<T>): Fact<T | null> =>
  !isOk(read) && read.outcome === 'not-found' ? known(null) : fromRead(read);

/** The value where it is known, otherwise null: for judgements that do not need it. */
export const valueOrNull = <T>(fact: Fact<T>): T | null => (fact.is === 'known' ? fact.value : null);

/** Derives a fact from another one; unread and not applicable stay unchanged. */
export const andThen = <T, U>(fact: Fact<T>, derive: (value: T) => Fact<U>): Fact<U> =>
  fact.is === 'known' ? derive(fact.value) : fact;

/** Transforms a known value; unread and not applicable stay unchanged. */
export const mapFact = <T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> =>
  andThen(fact, (value) => known(change(value)));

type ValuesOf<F extends readonly Fact<unknown>[]> = { [K in keyof F]: F[K] extends Fact<infer T> ? T : never };

/** Combines facts: not applicable if any is, otherwise unread with all failed reads, otherwise all values. */
export function all<const F extends readonly Fact<unknown>[]>(...facts: F): Fact<ValuesOf<F>> {
  // A fast path: most facts are known, and there are very many.
  if (facts.every((fact) => fact.is === 'known'))
    return known(facts.map((fact) => (fact as { value: unknown }).value) as ValuesOf<F>);
  const inapplicable = facts.find((fact) => fact.is === 'not-applicable');
  if (inapplicable?.is === 'not-applicable') return inapplicable;
  return unread(...new Set(facts.flatMap((fact) => (fact.is === 'unread' ? fact.missing : []))));
}
