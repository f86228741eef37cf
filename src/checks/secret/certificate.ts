/** Judged in src/checks/secret/support/certificate-faults.ts. */
import { defineCheck, fail, pass, undecided, warn } from '../define.js';
import { buildFaults, dateFaults, dateRisks, incomplete } from './support/certificate-faults.js';
import { fixFaults, listFaults, shapeFault, titleOf, type Faults, type WantedContent } from './support/content.js';
import { contentPremises } from '../support/premises.js';
import { storePair, useFacts, useOf } from '../support/secret-use.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';

/** Texts in which a broker, or the loader of the certificate, reports that it could not use the chain. */
const telling: readonly (string | null)[] = ['server-failed-to-authenticate-lambda', 'invalid-certificate-or-key'];

const wanted: WantedContent = {
  names: ['certificate'],
  store: storePair,
  what: 'the certificate chain as PEM and its private key as PKCS#8',
};

export default defineCheck({
  id: 'secret.certificate',
  title: 'The client certificate in the secret is not usable',
  severity: 'error',
  stage: 'login',
  indicator:
    'the certificate has expired, is not PEM, or its chain does not end at a certificate authority of the cluster',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
    'https://docs.aws.amazon.com/msk/latest/developerguide/msk-authentication.html',
  ],
  needs: ['secretReference', 'certificateProfile', 'capturedAt', 'works', 'observedError'],
  mayUse: useFacts,
  restsOn: contentPremises,
  judge({ secretReference, certificateProfile: profile, capturedAt, works, observedError, ...facts }) {
    const use = useOf(secretReference, facts);
    const misshapen = shapeFault(use, profile, wanted, works);
    if (misshapen !== null) return misshapen;
    const { certificate } = profile;
    if (certificate === undefined) return undecided('the snapshot contains no details of the certificate');
    const dates = dateFaults(certificate, capturedAt);
    if (dates.length > 0) return fail<Faults>({ use, faults: dates });
    const faults = buildFaults(certificate);
    if (faults.length > 0) return failUnlessItWorks<Faults>(works, { use, faults });
    const risks = dateRisks(certificate, capturedAt);
    if (certificate.complete || works) return risks.length > 0 ? warn<Faults>({ use, faults: risks }) : pass;
    const open: Faults = { use, faults: [incomplete(certificate.chain), ...risks] };
    // A chain without its root is what most TLS clients send. A client certificate alone seldom has a trusted issuer.
    return certificate.chain.length === 1 && telling.includes(observedError) ? fail(open) : warn(open);
  },
  describe: (evidence) => ({
    title: titleOf(evidence),
    evidence: listFaults(evidence),
  }),
  kind: ({ kind }) => kind,
  fixes: fixFaults,
});
