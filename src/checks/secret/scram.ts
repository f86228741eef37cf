import { defineCheck, fail, pass, warn } from '../define.js';
import { fixFaults, listFaults, shapeFault, type Faults, type WantedContent } from './support/content.js';
import { manual, replaceContent, storeUser, useFacts, useOf, type Remedy } from '../support/secret-use.js';
import { contentPremises } from '../support/premises.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';

const names = ['username', 'password'] as const;
const wanted: WantedContent = { names, store: storeUser, what: 'the user name and the password' };
const trimmed = storeUser('Store the user name and the password without blanks or line breaks around them');
const simpler = storeUser('Give the user a password without backslash, slash and double quote');

const swapBack: Remedy = (use) => [
  manual(
    'Swap the two values, and choose a new password: Kafka has shown the old one as a user name',
    replaceContent(use),
  ),
];
const swapped = [
  'its members username and password look swapped: username holds a value that looks like a password, and password one that looks like a user name',
  'Kafka shows the value of username as the principal, in its logs and ACLs; it is not shown here',
].map((fact) => ({ fact, remedy: swapBack }));

export default defineCheck({
  id: 'secret.scram',
  title: 'The secret does not hold a user name and a password',
  severity: 'error',
  stage: 'login',
  indicator: 'the secret is not JSON with username and password',
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
        faults: empty.map((name) => ({ fact: `its member ${name} is empty`, remedy: storeUser(`Store a ${name}`) })),
      });
    const risks = names.flatMap((name) => [
      ...(profile[name]?.edgeWhitespace === true
        ? [
            {
              fact: `its member ${name} begins or ends with a blank or a line break, which becomes a part of it`,
              remedy: trimmed,
            },
          ]
        : []),
      ...(profile[name]?.specialCharacters === true
        ? [
            {
              fact: `its member ${name} holds a backslash, a slash or a double quote, which pollers have been seen to handle badly`,
              remedy: simpler,
            },
          ]
        : []),
    ]);
    return risks.length > 0 ? warn<Faults>({ use, faults: risks }) : pass;
  },
  describe: (evidence) => ({
    title: `The content of the secret ${evidence.use.secret}: ${evidence.faults[0]!.fact}`,
    evidence: listFaults(evidence),
  }),
  fixes: fixFaults,
});
