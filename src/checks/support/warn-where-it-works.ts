/** What a working mapping shows about a rule. */
import { fail, warn, type Judgement } from '../define.js';

/** A rule that a working mapping breaks does not stop mappings: then it is only a risk. */
export const failUnlessItWorks = <E>(works: boolean, evidence: E): Judgement<E> =>
  works ? warn(evidence) : fail(evidence);
