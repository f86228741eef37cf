/** What the catalogue knows of a text of AWS or of a Kafka client: a mapping's result, a refused request, a line of a log. */
import type { CheckId } from './check-ids.js';
import { normalize, squeeze } from './normalize.js';

/** A piece that tells the text by itself, or pieces that tell it together. Case and white space do not count. */
export type Fragment = string | readonly string[];

export interface KnownText {
  /** Public, as `explain --list` shows it; never used again for something else. */
  id: string;
  /** Any of them tells the text: what distinguishes it from every other, and nothing that other texts share. */
  fragments: readonly Fragment[];
  /** Pieces of more specific entries whose texts hold a fragment of this one. */
  unless?: readonly string[];
  /** Texts too short to be told as a part of another: nothing else may be there. In lower case, without a closing period. */
  whole?: readonly string[];
  /** The text as it is shown; names of resources in capitals. */
  text: string;
  /** The meaning of the text, and how far whoever shows it got. */
  meaning: string;
  /** Checks known to produce it, the most likely first by public reports, each with how it leads to this text. */
  causes: readonly ExplainedCause[];
  /** What to do where no check's fix says it. */
  remedy?: string;
}

export interface ExplainedCause {
  check: CheckId;
  because: string;
  /** Only of a mapping whose failed records go to a Kafka topic: no other destination is the cluster's to refuse. */
  ofKafkaDestination?: true;
}

/** For texts of a create that comes right after its role was made. */
export const waitForRights =
  'Permissions take some minutes to reach Lambda: if the role or its policy is new, wait and try again.';

/** A text in the two forms that entries are compared with. */
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

/** Whether a text is this entry's. */
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
