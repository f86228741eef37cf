import type { SecretProfile } from '../../snapshot/resources/index.js';
import { defineCheck, fail, pass, skip, undecided } from '../define.js';
import { authPremises } from '../support.js';
import { failUnlessItWorks, formFault, listFaults, missingMember, onlyMtls, type Faults } from '../support/secret.js';

export default defineCheck({
  id: 'secret.private-key',
  title: 'The private key in the secret does not serve',
  severity: 'error',
  stage: 'login',
  needs: ['auth', 'secretReference', 'secretProfile', 'works'],
  restsOn: authPremises,
  judge({ auth, secretReference: { uri: secret }, secretProfile: profile, works }) {
    if (auth.method !== 'mtls') return skip(onlyMtls);
    const missing = formFault(profile) ?? missingMember(profile, 'privateKey');
    if (missing !== null) return fail<Faults>({ secret, faults: [missing] });
    const { privateKey: key } = profile;
    if (key === undefined) return undecided('the profile of the secret does not tell of its key');
    const faults = keyFaults(key);
    if (faults.length > 0) return failUnlessItWorks<Faults>(works, { secret, faults });
    return key.opens === 'cannot-tell' ? undecided('the key is encrypted in a way that cannot be opened here', [], [{ resource: secret, fact: `its key is encrypted by ${key.encryption ?? 'an unknown scheme'}` }]) : pass;
  },
  describe: (evidence) => ({ title: `The private key in the secret ${evidence.secret}: ${evidence.faults[0]}`, evidence: listFaults(evidence) }),
  fixes: () => [
    {
      title: 'Store the key as PKCS#8, unencrypted or encrypted by PBES1 with its password as privateKeyPassword', safety: 'by-hand', changes: [],
      commands: ['openssl pkcs8 -topk8 -in key.pem -nocrypt -out pkcs8.pem', 'openssl pkcs8 -topk8 -in key.pem -v1 PBE-SHA1-3DES -out pkcs8-encrypted.pem'],
    },
  ],
});

/** Lambda takes PKCS#8 keys, encrypted by PBES1 at most, with a password exactly then (AWS: MSK authentication for Lambda). */
function keyFaults({ pem, newlinesLost, container, encryption, passwordGiven, opens, matchesCertificate }: NonNullable<SecretProfile['privateKey']>): string[] {
  if (!pem || container === 'none') return ['its member privateKey holds no PEM private key'];
  if (container === 'PKCS#1' || container === 'SEC1' || container === 'other')
    return [`its key is ${container === 'PKCS#1' ? 'PKCS#1 (BEGIN RSA PRIVATE KEY)' : container === 'SEC1' ? 'SEC1 (BEGIN EC PRIVATE KEY)' : 'of another kind'}; Lambda takes PKCS#8 (BEGIN PRIVATE KEY) only`];
  return [
    ...(newlinesLost ? ['the line breaks of its member privateKey were lost'] : []),
    ...(encryption === 'PBES2' ? ['its key is encrypted by PBES2; Lambda takes PBES1 only'] : []),
    ...(opens === 'no-password' ? ['its key is encrypted, and there is no member privateKeyPassword'] : []),
    ...(opens === 'wrong-password' ? ['its member privateKeyPassword does not open the key'] : []),
    ...(opens === 'damaged' ? ['its key cannot be parsed'] : []),
    ...(opens === 'not-encrypted' && passwordGiven ? ['its key is not encrypted, but there is a member privateKeyPassword, which the loader refuses'] : []),
    ...(matchesCertificate === 'no' ? ['its key does not belong to its first certificate'] : []),
  ];
}
