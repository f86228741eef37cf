import { secretCalls } from '../../access/needed-calls.js';
import { defineCheck, skip } from '../define.js';
import { fixRefusals } from '../support/access-fixes.js';
import { accessNeeds, describeRefusals, judgeCalls, resourcePolicy } from '../support/access.js';

export default defineCheck({
  id: 'access.secret',
  title: 'The execution role may not read the secret',
  severity: 'error',
  stage: 'secret',
  needs: [...accessNeeds, 'secret', 'resourcePolicies'],
  judge(facts) {
    if (facts.secret === null) return skip('the secret is gone: see secret.exists');
    const { ARN: arn, Tags: tags } = facts.secret;
    return judgeCalls(secretCalls(arn, tags), facts, resourcePolicy('ordinary', arn, facts.resourcePolicies.secret));
  },
  describe: (refused) => describeRefusals(refused, 'on the secret'),
  fixes: (refused) => fixRefusals(refused, 'secret'),
});
