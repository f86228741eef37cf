/** Questions that differ only in the mapping are the same, if their answer does not name it. */
import type { NetworkQuestion, NetworkReads } from './question.js';
import { reachability } from './reachability.js';

/** A question without the mapping that it is asked for. */
export type CommonQuestion = Omit<NetworkQuestion, 'mappingUuid'>;

interface AskedQuestion {
  question: NetworkQuestion;
  reads: NetworkReads;
}

const asked = new WeakMap<NetworkReads, Map<string, AskedQuestion>>();
const keys = new WeakMap<CommonQuestion, string>();

/** An equal earlier question about these reads, otherwise a new one for this mapping. Only fixes name the mapping. */
export function sharedQuestion(reads: NetworkReads, common: CommonQuestion, mappingUuid: string): AskedQuestion {
  const ofReads = asked.get(reads) ?? new Map<string, AskedQuestion>();
  asked.set(reads, ofReads);
  const key = keys.get(common) ?? JSON.stringify(common);
  keys.set(common, key);
  const earlier = ofReads.get(key);
  if (earlier !== undefined) return earlier;
  const made = { question: { ...common, mappingUuid }, reads };
  const { paths } = reachability(reads, made.question);
  if (paths.every(({ components }) => components.every(({ fixes }) => fixes.length === 0))) ofReads.set(key, made);
  return made;
}
