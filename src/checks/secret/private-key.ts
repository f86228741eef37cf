/** Judged in src/checks/secret/support/private-key-faults.ts. */
import { defineCheck, pass, undecided, warn } from '../define.js';
import { keyFaults, keyRisks } from './support/private-key-faults.js';
import { fixFaults, listFaults, shapeFault, titleOf, type Faults, type WantedContent } from './support/content.js';
import { contentPremises, sameContent } from '../support/premises.js';
import { storePair, useFacts, useOf } from '../support/secret-use.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';

const wanted: WantedContent = {
  names: ['privateKey'],
  store: storePair,
  what: 'the private key as PKCS#8 and its certificate',
};

export default defineCheck({
  id: 'secret.private-key',
  title: 'The private key in the secret is not usable',
  severity: 'error',
  stage: 'login',
  indicator:
    'the private key begins with BEGIN RSA PRIVATE KEY, is encrypted with PBES2, or does not belong to the certificate',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html'],
  needs: ['secretReference', 'certificateProfile', 'works'],
  mayUse: useFacts,
  restsOn: [...contentPremises, sameContent],
  judge({ secretReference, certificateProfile: profile, works, ...facts }) {
    const use = useOf(secretReference, facts);
    const misshapen = shapeFault(use, profile, wanted, works);
    if (misshapen !== null) return misshapen;
    const { privateKey: key } = profile;
    if (key === undefined) return undecided('the snapshot contains no details of the private key');
    const faults = keyFaults(key, profile);
    if (faults.length > 0) return failUnlessItWorks<Faults>(works, { use, faults });
    const risks = keyRisks(key);
    if (risks.length > 0 && !works) return warn<Faults>({ use, faults: risks });
    if (key.opens !== 'cannot-tell' || works) return pass;
    return undecided(
      'this machine cannot decrypt the private key',
      [],
      [
        {
          resource: use.secret,
          fact: `the private key is encrypted with ${key.scheme ?? key.encryption ?? 'an unknown scheme'}; not tested: whether the password decrypts it, and whether it belongs to the certificate`,
        },
      ],
    );
  },
  describe: (evidence) => ({
    title: titleOf(evidence),
    evidence: listFaults(evidence),
  }),
  kind: ({ kind }) => kind,
  fixes: fixFaults,
});
