import { defineCheck, fail, pass, warn } from '../define.js';
import { listFaults, shapeFault, type Faults } from './support/content.js';
import { contentPremises } from '../support/premises.js';

const names = ['username', 'password'] as const;

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
  restsOn: contentPremises,
  judge({ secretReference: { uri: secret }, scramProfile: profile, works }) {
    const misshapen = shapeFault(secret, profile, names, works);
    if (misshapen !== null) return misshapen;
    const empty = names.filter((name) => profile[name]?.empty === true);
    if (empty.length > 0) return fail<Faults>({ secret, faults: empty.map((name) => `its member ${name} is empty`) });
    const risks = names.flatMap((name) => [
      ...(profile[name]?.edgeWhitespace === true
        ? [`its member ${name} begins or ends with a blank or a line break, which becomes a part of it`]
        : []),
      ...(profile[name]?.specialCharacters === true
        ? [
            `its member ${name} holds a backslash, a slash or a double quote, which pollers have been seen to handle badly`,
          ]
        : []),
    ]);
    return risks.length > 0 ? warn<Faults>({ secret, faults: risks }) : pass;
  },
  describe: (evidence) => ({
    title: `The content of the secret ${evidence.secret}: ${evidence.faults[0]}`,
    evidence: listFaults(evidence),
  }),
  fixes: () => [
    {
      title:
        'Store the content as {"username": "…", "password": "…"}, in the spelling and with the values that the cluster’s user has',
      safety: 'by-hand',
      changes: [],
    },
  ],
});
