/** What the checks of a secret share. */
import type { SecretProfile } from '../../snapshot/resources/index.js';
import { fail, warn, type Evidence, type Judgement } from '../define.js';

/** A rule that a working mapping breaks is no rule that stops it: then it is a risk. */
export const failUnlessItWorks = <E>(works: boolean, evidence: E): Judgement<E> => (works ? warn(evidence) : fail(evidence));

export const onlyScram = 'the mapping does not log in by SASL/SCRAM';
export const onlyMtls = 'the mapping does not log in by mutual TLS';

export interface Faults {
  secret: string;
  faults: string[];
}

/** One piece of evidence a fault. */
export const listFaults = ({ secret, faults }: Faults): Evidence[] => faults.map((fact) => ({ resource: secret, fact }));

/** Why a content is no set of members at all; null where it is one. */
export function formFault({ form }: SecretProfile): string | null {
  return {
    object: null,
    'not-json': 'its text is no JSON',
    'not-an-object': 'its JSON is no object with members',
    empty: 'it has no content',
    binary: 'it holds bytes in place of a text; Lambda reads SecretString only',
  }[form];
}

/** A member that is not there, with the name that may stand for it. */
export function missingMember({ members, misspelt, notText }: SecretProfile, name: string): string | null {
  if (notText.includes(name)) return `its member ${name} is no text`;
  if (members.includes(name)) return null;
  const meant = misspelt.find((one) => one.meant === name);
  return `it has no member ${name}${meant === undefined ? '' : ` (it has ${meant.found}, which Lambda does not look for)`}`;
}
