/** Shared by the checks of a secret's content. */
import type { Fix } from '../../../fixes/fix.js';
import type { SecretProfile } from '../../../snapshot/resources/index.js';
import { fail, type Evidence, type Judgement } from '../../define.js';
import { failUnlessItWorks } from '../../support/warn-where-it-works.js';
import type { Remedy, SecretUse } from '../../support/secret-use.js';

/** One fault, as a sentence, with its fixes. */
export interface Fault {
  fact: string;
  remedy: Remedy;
}

/** The faults of a secret's content. */
export interface Faults {
  use: SecretUse;
  faults: Fault[];
  kind?: 'not-json';
}

/** One piece of evidence per fault. */
export const listFaults = ({ use, faults }: Faults): Evidence[] =>
  faults.map(({ fact }) => ({ resource: use.secret, fact }));

/** The fixes of all faults, in order, without duplicates. */
export const fixFaults = ({ use, faults }: Faults): Fix[] => [
  ...new Map(faults.flatMap(({ remedy }) => remedy(use)).map((fix) => [fix.title, fix])).values(),
];

/** The content that a secret should have. */
export interface WantedContent {
  /** Its members. */
  names: readonly string[];
  /** The command or call that stores it. */
  store: (title: string) => Remedy;
  /** What is stored, for a sentence. */
  what: string;
}

/** A fault of the content as a whole, before its members are judged; null where all members are present as texts. */
export function shapeFault(
  use: SecretUse,
  profile: SecretProfile,
  { names, store, what }: WantedContent,
  works: boolean,
): Judgement<Faults> | null {
  const form = formFault(profile);
  // AWS documents that Lambda reads SecretString. A mapping that works with bytes or a number shows that this is not
  // a rule.
  if (form !== null) {
    const remedy = store(`Store ${what} as JSON text`);
    const faults: Faults = { use, faults: [{ fact: form, remedy }], kind: 'not-json' };
    return profile.form === 'binary' || profile.form === 'empty' ? failUnlessItWorks(works, faults) : fail(faults);
  }
  const missing = names.flatMap((name) => missingMember(profile, name) ?? []);
  if (missing.length > 0) {
    const remedy = store(`Store ${what} under the members ${names.join(' and ')}`);
    return fail<Faults>({ use, faults: missing.map((fact) => ({ fact, remedy })) });
  }
  const notText = names
    .filter((name) => profile.notText.includes(name))
    .map((name) => ({ fact: `its member ${name} is no text`, remedy: store(`Store the member ${name} as text`) }));
  return notText.length > 0 ? failUnlessItWorks<Faults>(works, { use, faults: notText }) : null;
}

/** Why the content has no members at all; null where it has some. */
export function formFault({ form }: SecretProfile): string | null {
  return {
    object: null,
    'not-json': 'its text is no JSON',
    'not-an-object': 'its JSON is no object with members',
    empty: 'it has no content',
    binary: 'it holds bytes in place of a text; Lambda reads SecretString only',
  }[form];
}

/** A missing member, with a present name that looks like it. */
export function missingMember({ members, misspelt }: SecretProfile, name: string): string | null {
  if (members.includes(name)) return null;
  const meant = misspelt.find((member) => member.meant === name);
  return `it has no member ${name}${meant === undefined ? '' : ` (it has ${meant.found}, which Lambda does not look for)`}`;
}
