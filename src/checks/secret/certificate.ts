/** Judged in src/checks/secret/support/certificate-faults.ts. */
import { defineCheck, fail, pass, undecided, warn } from '../define.js';
import { buildFaults, dateFaults, dateRisks, incomplete } from './support/certificate-faults.js';
import { listFaults, shapeFault, type Faults } from './support/content.js';
import { contentPremises } from '../support/premises.js';
import { failUnlessItWorks } from '../support/works.js';

/** Texts by which a broker, or the loader of the certificate, tells that it could not make anything of the chain. */
const telling: readonly (string | null)[] = ['server-failed-to-authenticate-lambda', 'invalid-certificate-or-key'];

export default defineCheck({
  id: 'secret.certificate',
  title: 'The client certificate in the secret does not serve',
  severity: 'error',
  stage: 'login',
  indicator: 'the certificate has expired, is not PEM, or its chain does not lead to a CA of the cluster’s',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html',
  ],
  needs: ['secretReference', 'certificateProfile', 'capturedAt', 'works', 'observedError'],
  restsOn: contentPremises,
  judge({ secretReference: { uri: secret }, certificateProfile: profile, capturedAt, works, observedError }) {
    const misshapen = shapeFault(secret, profile, ['certificate'], works);
    if (misshapen !== null) return misshapen;
    const { certificate } = profile;
    if (certificate === undefined) return undecided('the profile of the secret does not tell of its certificate');
    const dates = dateFaults(certificate, capturedAt);
    if (dates.length > 0) return fail<Faults>({ secret, faults: dates });
    const faults = buildFaults(certificate);
    if (faults.length > 0) return failUnlessItWorks<Faults>(works, { secret, faults });
    const risks = dateRisks(certificate, capturedAt);
    if (certificate.complete || works) return risks.length > 0 ? warn<Faults>({ secret, faults: risks }) : pass;
    const open: Faults = { secret, faults: [incomplete(certificate.chain), ...risks] };
    // A chain that lacks its root only is what most TLS clients send; a client certificate alone seldom has a trusted issuer.
    return certificate.chain.length === 1 && telling.includes(observedError) ? fail(open) : warn(open);
  },
  describe: (evidence) => ({
    title: `The certificate in the secret ${evidence.secret}: ${evidence.faults[0]}`,
    evidence: listFaults(evidence),
  }),
  fixes: () => [
    {
      title:
        'Store the chain as PEM: the client certificate first, then each issuer, the root last, each block on lines of its own',
      safety: 'by-hand',
      changes: [],
      commands: [
        'msk-lambda secret create NAME --certificate client.pem --chain chain.pem --private-key key.pem',
        'openssl verify -CAfile root.pem -untrusted intermediate.pem client.pem',
      ],
    },
  ],
});
