/** What the checks of a secret's content share. */
import type { SecretProfile } from '../../../snapshot/resources/index.js';
import { fail, type Evidence, type Judgement } from '../../define.js';
import { failUnlessItWorks } from '../../support/works.js';

/** What is wrong with a secret's content, each fault in words. */
export interface Faults {
  secret: string;
  faults: string[];
}

/** One piece of evidence a fault. */
export const listFaults = ({ secret, faults }: Faults): Evidence[] =>
  faults.map((fact) => ({ resource: secret, fact }));

/** What is wrong with a content before its members are looked at; null where they are there, each a text. */
export function shapeFault(
  secret: string,
  profile: SecretProfile,
  names: readonly string[],
  works: boolean,
): Judgement<Faults> | null {
  const form = formFault(profile);
  // Lambda reads SecretString as AWS documents it; where a mapping works with bytes, with a number, or with what was not shown, that is no rule.
  if (form !== null)
    return profile.form === 'binary' || profile.form === 'empty'
      ? failUnlessItWorks<Faults>(works, { secret, faults: [form] })
      : fail<Faults>({ secret, faults: [form] });
  const missing = names.flatMap((name) => missingMember(profile, name) ?? []);
  if (missing.length > 0) return fail<Faults>({ secret, faults: missing });
  const notText = names.filter((name) => profile.notText.includes(name)).map((name) => `its member ${name} is no text`);
  return notText.length > 0 ? failUnlessItWorks<Faults>(works, { secret, faults: notText }) : null;
}

/** Why a content is no set of members at all; null where it is one. */
function formFault({ form }: SecretProfile): string | null {
  return {
    object: null,
    'not-json': 'its text is no JSON',
    'not-an-object': 'its JSON is no object with members',
    empty: 'it has no content',
    binary: 'it holds bytes in place of a text; Lambda reads SecretString only',
  }[form];
}

/** A member that is not there, with the name that may stand for it. */
function missingMember({ members, misspelt }: SecretProfile, name: string): string | null {
  if (members.includes(name)) return null;
  const meant = misspelt.find((member) => member.meant === name);
  return `it has no member ${name}${meant === undefined ? '' : ` (it has ${meant.found}, which Lambda does not look for)`}`;
}
