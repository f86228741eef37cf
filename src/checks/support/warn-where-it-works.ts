/** What a mapping that works says of a rule. */
import { fail, warn, type Judgement } from '../define.js';

/** A rule that a working mapping breaks is no rule that stops it: then it is a risk. */
export const failUnlessItWorks = <E>(works: boolean, evidence: E): Judgement<E> =>
  works ? warn(evidence) : fail(evidence);
