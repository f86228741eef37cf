/** Judged in src/checks/secret/support/private-key-faults.ts. */
import { defineCheck, pass, undecided, warn } from '../define.js';
import { keyFaults, keyRisks } from './support/private-key-faults.js';
import { fixFaults, listFaults, shapeFault, type Faults, type WantedContent } from './support/content.js';
import { contentPremises, sameContent } from '../support/premises.js';
import { storePair, useFacts, useOf } from '../support/secret-use.js';
import { failUnlessItWorks } from '../support/warn-where-it-works.js';

const wanted: WantedContent = {
  names: ['privateKey'],
  store: storePair,
  what: 'the key as PKCS#8, with its certificate,',
};

export default defineCheck({
  id: 'secret.private-key',
  title: 'The private key in the secret does not serve',
  severity: 'error',
  stage: 'login',
  indicator: 'the key begins with BEGIN RSA PRIVATE KEY, is encrypted by PBES2, or does not belong to the certificate',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html'],
  needs: ['secretReference', 'certificateProfile', 'works'],
  mayUse: useFacts,
  restsOn: [...contentPremises, sameContent],
  judge({ secretReference, certificateProfile: profile, works, ...facts }) {
    const use = useOf(secretReference, facts);
    const misshapen = shapeFault(use, profile, wanted, works);
    if (misshapen !== null) return misshapen;
    const { privateKey: key } = profile;
    if (key === undefined) return undecided('the profile of the secret does not tell of its key');
    const faults = keyFaults(key, profile);
    if (faults.length > 0) return failUnlessItWorks<Faults>(works, { use, faults });
    const risks = keyRisks(key);
    if (risks.length > 0 && !works) return warn<Faults>({ use, faults: risks });
    if (key.opens !== 'cannot-tell' || works) return pass;
    return undecided(
      'the key is encrypted in a way that this machine cannot open',
      [],
      [
        {
          resource: use.secret,
          fact: `its key is encrypted by ${key.scheme ?? key.encryption ?? 'an unknown scheme'}; whether the password opens it, and whether it belongs to the certificate, was not tried`,
        },
      ],
    );
  },
  describe: (evidence) => ({
    title: `The private key in the secret ${evidence.use.secret}: ${evidence.faults[0]!.fact}`,
    evidence: listFaults(evidence),
  }),
  kind: ({ kind }) => kind,
  fixes: fixFaults,
});
