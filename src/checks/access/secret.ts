import { callsOfCheck } from '../../access/needed-calls.js';
import { defineCheck, skip, undecided } from '../define.js';
import { otherSecret, secretPremises } from '../support/premises.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, judgeCalls } from './support/access.js';
import { describeRefusals } from './support/describe-refusals.js';
import { isWholeSecretArn } from '../support/source-access.js';

export default defineCheck({
  id: 'access.secret',
  title: 'The execution role may not read the secret',
  severity: 'error',
  stage: 'secret',
  indicator: 'the role’s policies do not allow secretsmanager:GetSecretValue on the secret’s complete ARN',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html',
    'https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html',
  ],
  needs: [...accessNeeds, 'secretReference'],
  mayUse: ['secret'],
  restsOn: [otherSecret, ...secretPremises],
  judge(facts) {
    const {
      secretReference: { uri },
      secret,
    } = facts;
    if (secret.is === 'known' && secret.value === null) return skip('the secret does not exist: see secret.exists');
    const described = secret.is === 'known' ? secret.value : null;
    // Where the secret could not be read, the mapping's URI is used instead, if it is a complete ARN as policies need
    // it.
    if (described === null && !isWholeSecretArn(uri))
      return undecided('the secret could not be read', secret.is === 'unread' ? secret.missing : []);
    return judgeCalls(callsOfCheck('access.secret', { secretArn: described?.ARN ?? uri }), facts);
  },
  describe: (refused) => describeRefusals(refused),
  fixes: (refused) => fixRefusals(refused, 'secret'),
});
