/** Shared by the checks of a secret's content. */
import { secretNameOf } from '../../../aws/secret-arn.js';
import type { Fix } from '../../../fixes/fix.js';
import type { SecretProfile } from '../../../snapshot/resources/index.js';
import { fail, type Evidence, type Judgement } from '../../define.js';
import { failUnlessItWorks } from '../../support/warn-where-it-works.js';
import type { Remedy, SecretUse } from '../../support/secret-use.js';

/** One fault, with its fixes. `short`: for the title; `fact`: for the evidence. */
export interface Fault {
  short: string;
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

/** The secret and its first fault. */
export const titleOf = ({ use, faults: [first] }: Faults): string =>
  `The secret ${secretNameOf(use.secret)} ${first?.short ?? 'is not usable'}`;

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
    const remedy = store(`Store ${what} as JSON text in SecretString`);
    const faults: Faults = { use, faults: [{ short: form.short, fact: form.fact, remedy }], kind: 'not-json' };
    return profile.form === 'binary' || profile.form === 'empty' ? failUnlessItWorks(works, faults) : fail(faults);
  }
  const missing = names.flatMap((name) => missingMember(profile, name) ?? []);
  if (missing.length > 0) {
    const remedy = store(`Store ${what} in the ${names.length === 1 ? 'field' : 'fields'} ${names.join(' and ')}`);
    return fail<Faults>({ use, faults: missing.map((fault) => ({ ...fault, remedy })) });
  }
  const notText = names
    .filter((name) => profile.notText.includes(name))
    .map((name) => ({
      short: `has a “${name}” that is not a string`,
      fact: `Lambda expects “${name}” as a JSON string`,
      remedy: store(`Store ${name} as a JSON string`),
    }));
  return notText.length > 0 ? failUnlessItWorks<Faults>(works, { use, faults: notText }) : null;
}

/** Why the content has no members at all; null where it has some. */
export function formFault({ form }: SecretProfile): { short: string; fact: string } | null {
  return {
    object: null,
    'not-json': { short: 'is not JSON', fact: 'SecretString does not parse as JSON' },
    'not-an-object': { short: 'is not a JSON object', fact: 'SecretString is JSON, but not an object with fields' },
    empty: { short: 'is empty', fact: 'SecretString is empty' },
    binary: { short: 'contains binary data', fact: 'the value is in SecretBinary; Lambda reads only SecretString' },
  }[form];
}

/** A missing member, with a present name that looks like it. */
export function missingMember(
  { members, misspelt }: SecretProfile,
  name: string,
): { short: string; fact: string } | null {
  if (members.includes(name)) return null;
  const meant = misspelt.find((member) => member.meant === name);
  return {
    short: `has no “${name}”`,
    fact: meant === undefined ? `Lambda expects “${name}”` : `it has “${meant.found}”; Lambda expects “${name}”`,
  };
}
