import { defineCheck, fail, pass, warn } from '../define.js';
import { fixFaults, listFaults, shapeFault, titleOf, type Faults, type WantedContent } from './support/content.js';
import { manual, replaceContent, storeUser, useFacts, useOf, type Remedy } from '../support/secret-use.js';
import { contentPremises } from '../support/premises.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';

const names = ['username', 'password'] as const;
const wanted: WantedContent = { names, store: storeUser, what: 'the user name and password' };
const trimmed = storeUser('Store the user name and password without spaces or line breaks around them');
const simpler = storeUser('Use a password without backslash, slash and double quote');

const swapBack: Remedy = (use) => [
  manual(
    'Swap the two values and set a new password (Kafka has logged the old password as a user name)',
    replaceContent(use),
  ),
];
const swapped = [
  'username contains a value that looks like a password, and password one that looks like a user name',
  'Kafka writes the value of username to its logs and ACLs as the principal; the value is not shown here',
].map((fact) => ({ short: 'seems to have user name and password swapped', fact, remedy: swapBack }));

export default defineCheck({
  id: 'secret.scram',
  title: 'The secret does not contain a user name and password',
  severity: 'error',
  stage: 'login',
  indicator: 'the secret is not JSON with the fields username and password',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-password-tutorial.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
  ],
  needs: ['secretReference', 'scramProfile', 'works'],
  mayUse: useFacts,
  restsOn: contentPremises,
  judge({ secretReference, scramProfile: profile, works, ...facts }) {
    const use = useOf(secretReference, facts, profile);
    const misshapen = shapeFault(use, profile, wanted, works);
    if (misshapen !== null) return misshapen;
    // Lambda and the brokers read the same secret, so the login may succeed; but ACLs name another user.
    if (profile.swapped === true) return failUnlessItWorks<Faults>(works, { use, faults: swapped });
    const empty = names.filter((name) => profile[name]?.empty === true);
    if (empty.length > 0)
      return fail<Faults>({
        use,
        faults: empty.map((name) => ({
          short: `has an empty “${name}”`,
          fact: `Lambda cannot log in with an empty ${name === 'username' ? 'user name' : name}`,
          remedy: storeUser(`Store a ${name}`),
        })),
      });
    const risks = names.flatMap((name) => [
      ...(profile[name]?.edgeWhitespace === true
        ? [
            {
              short: `has a space or line break around “${name}”`,
              fact: `Kafka treats the space or line break at the beginning or end of “${name}” as part of the value`,
              remedy: trimmed,
            },
          ]
        : []),
      ...(profile[name]?.specialCharacters === true
        ? [
            {
              short: `has a special character in “${name}”`,
              fact: `“${name}” contains a backslash, slash or double quote; logins with these characters are known to fail`,
              remedy: simpler,
            },
          ]
        : []),
    ]);
    return risks.length > 0 ? warn<Faults>({ use, faults: risks }) : pass;
  },
  describe: (evidence) => ({
    title: titleOf(evidence),
    evidence: listFaults(evidence),
  }),
  fixes: fixFaults,
});
