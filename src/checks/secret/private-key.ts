/** Judged in src/checks/secret/support/private-key-faults.ts. */
import { defineCheck, pass, undecided, warn } from '../define.js';
import { keyFaults, keyRisks } from './support/private-key-faults.js';
import { listFaults, shapeFault, type Faults } from './support/content.js';
import { contentPremises } from '../support/premises.js';
import { failUnlessItWorks } from '../support/works.js';

export default defineCheck({
  id: 'secret.private-key',
  title: 'The private key in the secret does not serve',
  severity: 'error',
  stage: 'login',
  indicator: 'the key begins with BEGIN RSA PRIVATE KEY, is encrypted by PBES2, or does not belong to the certificate',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html'],
  needs: ['secretReference', 'certificateProfile', 'works'],
  restsOn: contentPremises,
  judge({ secretReference: { uri: secret }, certificateProfile: profile, works }) {
    const misshapen = shapeFault(secret, profile, ['privateKey'], works);
    if (misshapen !== null) return misshapen;
    const { privateKey: key } = profile;
    if (key === undefined) return undecided('the profile of the secret does not tell of its key');
    const faults = keyFaults(key, profile);
    if (faults.length > 0) return failUnlessItWorks<Faults>(works, { secret, faults });
    const risks = keyRisks(key);
    if (risks.length > 0 && !works) return warn<Faults>({ secret, faults: risks });
    if (key.opens !== 'cannot-tell' || works) return pass;
    return undecided(
      'the key is encrypted in a way that this machine cannot open',
      [],
      [
        {
          resource: secret,
          fact: `its key is encrypted by ${key.scheme ?? key.encryption ?? 'an unknown scheme'}; whether the password opens it, and whether it belongs to the certificate, was not tried`,
        },
      ],
    );
  },
  describe: (evidence) => ({
    title: `The private key in the secret ${evidence.secret}: ${evidence.faults[0]}`,
    evidence: listFaults(evidence),
  }),
  fixes: () => [
    {
      title:
        'Store the key of the certificate as PKCS#8, unencrypted, or encrypted by PBES1 with its password as privateKeyPassword',
      safety: 'by-hand',
      changes: [],
      commands: [
        'openssl pkcs8 -topk8 -in key.pem -nocrypt -out pkcs8.pem',
        'openssl pkcs8 -topk8 -in key.pem -v1 PBE-SHA1-3DES -out pkcs8-encrypted.pem',
      ],
    },
  ],
});
