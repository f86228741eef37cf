import { defineCheck, fail, pass, skip, warn } from '../define.js';
import { authPremises } from '../support.js';
import { formFault, listFaults, missingMember, onlyScram, type Faults } from '../support/secret.js';

export default defineCheck({
  id: 'secret.scram',
  title: 'The secret does not hold a user name and a password',
  severity: 'error',
  stage: 'login',
  needs: ['auth', 'secretReference', 'secretProfile'],
  restsOn: authPremises,
  judge({ auth, secretReference: { uri: secret }, secretProfile: profile }) {
    if (auth.method !== 'scram') return skip(onlyScram);
    const form = formFault(profile);
    if (form !== null) return fail<Faults>({ secret, faults: [form] });
    const fields = { username: profile.username, password: profile.password };
    const faults = (['username', 'password'] as const).flatMap((name) => {
      const missing = missingMember(profile, name);
      if (missing !== null) return [missing];
      return fields[name]?.empty === true ? [`its member ${name} is empty`] : [];
    });
    if (faults.length > 0) return fail<Faults>({ secret, faults });
    const risks = (['username', 'password'] as const).flatMap((name) => [
      ...(fields[name]?.edgeWhitespace === true ? [`its member ${name} begins or ends with a blank or a line break, which becomes a part of it`] : []),
      ...(fields[name]?.specialCharacters === true ? [`its member ${name} holds a backslash, a slash or a double quote, which pollers have been seen to handle badly`] : []),
    ]);
    return risks.length > 0 ? warn<Faults>({ secret, faults: risks }) : pass;
  },
  describe: (evidence) => ({ title: `The content of the secret ${evidence.secret}: ${evidence.faults[0]}`, evidence: listFaults(evidence) }),
  fixes: () => [
    { title: 'Store the content as {"username": "…", "password": "…"}, in the spelling and with the values that the cluster’s user has', safety: 'by-hand', changes: [] },
  ],
});
