import { defineCheck, fail, pass, warn } from '../define.js';
import { fixFaults, listFaults, shapeFault, type Faults, type WantedContent } from './support/content.js';
import { storeUser, useFacts, useOf } from './support/secret-use.js';
import { contentPremises } from '../support/premises.js';

const names = ['username', 'password'] as const;
const wanted: WantedContent = { names, store: storeUser, what: 'the user name and the password' };
const trimmed = storeUser('Store the user name and the password without blanks or line breaks around them');
const simpler = storeUser('Give the user a password without backslash, slash and double quote');

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
