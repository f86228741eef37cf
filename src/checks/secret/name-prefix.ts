import { defineCheck, pass, skip } from '../define.js';
import { authPremises, secretGone } from '../support.js';
import { failUnlessItWorks, onlyScram } from '../support/secret.js';

interface Evidence {
  name: string;
}

/** MSK takes only secrets with this name for its users (AWS: SASL/SCRAM, limitations). */
const prefix = 'AmazonMSK_';

export default defineCheck({
  id: 'secret.name-prefix',
  title: 'The SASL/SCRAM secret’s name does not begin with AmazonMSK_',
  severity: 'error',
  stage: 'login',
  needs: ['auth', 'secret', 'eventSource', 'works'],
  restsOn: authPremises,
  judge({ auth, secret, eventSource, works }) {
    if (auth.method !== 'scram') return skip(onlyScram);
    if (eventSource.kind === 'vpc-connection') return skip('the mapping may use a copy of the secret, whose name is free');
    if (secret === null) return skip(secretGone);
    const name = secret.Name ?? secret.ARN.split(':secret:')[1] ?? secret.ARN;
    return name.startsWith(prefix) ? pass : failUnlessItWorks<Evidence>(works, { name });
  },
  describe: ({ name }) => ({
    title: `The secret ${name} cannot be a user of the cluster: its name does not begin with ${prefix}`,
    evidence: [{ resource: name, fact: `its name does not begin with ${prefix}, and MSK associates no other secret with a cluster` }],
  }),
  fixes: ({ name }) => [
    { title: `Make a secret ${prefix}${name} with the same content under a customer-managed key, associate it with the cluster, and name it in the mapping`, safety: 'by-hand', changes: [] },
  ],
});
