/** Questions that differ in nothing but the mapping, and whose answer does not name it, are one. */
import type { NetworkQuestion, NetworkReads } from './question.js';
import { reachability } from './reachability.js';

interface AskedQuestion {
  question: NetworkQuestion;
  reads: NetworkReads;
}

const asked = new WeakMap<NetworkReads, Map<string, AskedQuestion>>();

/** An equal question that was asked of these reads before, else this one. Only fixes name the mapping. */
export function sharedQuestion(reads: NetworkReads, question: NetworkQuestion): AskedQuestion {
  const ofReads = asked.get(reads) ?? new Map<string, AskedQuestion>();
  asked.set(reads, ofReads);
  const key = JSON.stringify({ ...question, mappingUuid: '' });
  const earlier = ofReads.get(key);
  if (earlier !== undefined) return earlier;
  const made = { question, reads };
  const { paths } = reachability(reads, question);
  if (paths.every(({ components }) => components.every(({ fixes }) => fixes.length === 0))) ofReads.set(key, made);
  return made;
}
