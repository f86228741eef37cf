/**
 * An entry of the catalogue, for a text of AWS or of a Kafka client: a mapping's result, a refused request, a line
 * of a log.
 */
import type { CheckId } from './check-ids.js';
import { normalize, squeeze } from './normalize.js';

/** A fragment that identifies the text, or fragments that identify it together. Case and white space do not count. */
export type Fragment = string | readonly string[];

export interface KnownText {
  /** Public (`explain --list`); an id is never reused. */
  id: string;
  /** Any of them identifies the text. No other text contains it. */
  fragments: readonly Fragment[];
  /** Fragments of more specific entries whose texts also contain a fragment of this one. */
  unless?: readonly string[];
  /**
   * Texts that are too short to be recognised inside another: they must be the complete text. In lower case, without
   * a final period.
   */
  whole?: readonly string[];
  /** The text as it is shown; names of resources in capitals. */
  text: string;
  /** The meaning of the text, and how far the sender got. */
  meaning: string;
  /**
   * Checks that are known to produce it, the most frequent in public reports first, each with how it leads to this
   * text.
   */
  causes: readonly ExplainedCause[];
  /** What to do where no check has a fix for it. */
  remedy?: string;
}

export interface ExplainedCause {
  check: CheckId;
  because: string;
  /** Only for a mapping whose failed records go to a Kafka topic: the cluster cannot refuse any other destination. */
  ofKafkaDestination?: true;
}

/** For texts of a creation right after its role was created. */
export const waitForRights =
  'Permission changes take a few minutes to reach Lambda: if the role or policy is new, wait and try again.';

/** A text in the two forms that are compared with entries. */
export interface ComparedText {
  squeezed: string;
  normalized: string;
}

export const comparedText = (text: string): ComparedText => ({ squeezed: squeeze(text), normalized: normalize(text) });

interface Compiled {
  any: readonly (readonly string[])[];
  none: readonly string[];
}
const compiled = new WeakMap<KnownText, Compiled>();

/** Whether this entry describes the text. */
export function claims(entry: KnownText, { squeezed, normalized }: ComparedText): boolean {
  let pieces = compiled.get(entry);
  if (pieces === undefined) {
    pieces = {
      any: entry.fragments.map((fragment) => [fragment].flat().map(squeeze)),
      none: (entry.unless ?? []).map(squeeze),
    };
    compiled.set(entry, pieces);
  }
  const holds = (piece: string) => squeezed.includes(piece);
  return (
    (pieces.any.some((all) => all.every(holds)) && !pieces.none.some(holds)) ||
    entry.whole?.includes(normalized) === true
  );
}
