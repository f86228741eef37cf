import type { SecretProfile } from '../../snapshot/resources/index.js';
import { defineCheck, fail, pass, skip, undecided, warn } from '../define.js';
import { authPremises } from '../support.js';
import { failUnlessItWorks, formFault, listFaults, missingMember, onlyMtls, type Faults } from '../support/secret.js';

const day = 86_400_000;
const soonDays = 30;

export default defineCheck({
  id: 'secret.certificate',
  title: 'The client certificate in the secret does not serve',
  severity: 'error',
  stage: 'login',
  needs: ['auth', 'secretReference', 'secretProfile', 'capturedAt', 'works'],
  restsOn: authPremises,
  judge({ auth, secretReference: { uri: secret }, secretProfile: profile, capturedAt, works }) {
    if (auth.method !== 'mtls') return skip(onlyMtls);
    const missing = formFault(profile) ?? missingMember(profile, 'certificate');
    if (missing !== null) return fail<Faults>({ secret, faults: [missing] });
    const { certificate } = profile;
    if (certificate === undefined) return undecided('the profile of the secret does not tell of its certificate');
    const dates = dateFaults(certificate, capturedAt);
    if (dates.length > 0) return fail<Faults>({ secret, faults: dates });
    const faults = buildFaults(certificate);
    if (faults.length > 0) return failUnlessItWorks<Faults>(works, { secret, faults });
    if (certificate.unreadableBlocks > 0) return undecided(`${certificate.unreadableBlocks} of ${certificate.blocks} certificates could not be parsed`);
    const risks = [...endingSoon(certificate, capturedAt), ...(certificate.complete || works ? [] : ['the chain does not end in a root certificate; where the cluster does not trust its last issuer itself, the login fails'])];
    return risks.length > 0 ? warn<Faults>({ secret, faults: risks }) : pass;
  },
  describe: (evidence) => ({ title: `The certificate in the secret ${evidence.secret}: ${evidence.faults[0]}`, evidence: listFaults(evidence) }),
  fixes: () => [
    {
      title: 'Store the chain as PEM: the client certificate first, then each issuer, the root last, each block on lines of its own', safety: 'by-hand', changes: [],
      commands: ['cat client.pem intermediate.pem root.pem > chain.pem', 'openssl verify -CAfile root.pem -untrusted intermediate.pem client.pem'],
    },
  ],
});

type Certificate = NonNullable<SecretProfile['certificate']>;

function buildFaults({ pem, newlinesLost, blocks, brokenLinks, chain }: Certificate): string[] {
  if (!pem || blocks === 0) return ['its member certificate holds no PEM certificate (-----BEGIN CERTIFICATE-----)'];
  return [
    ...(newlinesLost ? ['the line breaks of its member certificate were lost: each PEM block needs lines of its own'] : []),
    ...brokenLinks.map((place) => `certificate ${place + 2} of the chain (${chain[place + 1]?.subject}) did not issue the one before it (${chain[place]?.subject}): the order is client, intermediates, root`),
  ];
}

const dateFaults = ({ chain }: Certificate, now: Date): string[] =>
  chain.flatMap(({ subject, notBefore, notAfter }) => {
    if (Date.parse(notAfter) < now.getTime()) return [`${subject} expired on ${notAfter.slice(0, 10)}`];
    return Date.parse(notBefore) > now.getTime() ? [`${subject} is not valid before ${notBefore.slice(0, 10)}`] : [];
  });

const endingSoon = ({ chain }: Certificate, now: Date): string[] =>
  chain.flatMap(({ subject, notAfter }) => (Date.parse(notAfter) - now.getTime() < soonDays * day ? [`${subject} expires on ${notAfter.slice(0, 10)}`] : []));
