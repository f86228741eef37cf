import { callsOfCheck } from '../../access/needed-calls.js';
import { connectionOf } from '../../subject/policy-subject-of-mapping.js';
import { defineCheck } from '../define.js';
import { clusterGone } from '../support/premises.js';
import { attachManagedPolicy, fixRefusals } from './support/access-fixes.js';
import { accessNeeds, describeRefusals, judgeCalls } from './support/access.js';

export default defineCheck({
  id: 'access.msk-api',
  title: 'The execution role may not describe the cluster or fetch its brokers',
  severity: 'error',
  stage: 'control-plane',
  indicator: 'the role’s policies lack kafka:DescribeClusterV2 or kafka:GetBootstrapBrokers',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html'],
  needs: [...accessNeeds, 'clusterIdentity'],
  restsOn: [clusterGone],
  judge(facts) {
    const connectionArn = connectionOf(facts.eventSource);
    return judgeCalls(callsOfCheck('access.msk-api', { cluster: facts.clusterIdentity, connectionArn }), facts);
  },
  describe: (refused) => describeRefusals(refused, 'on the cluster'),
  fixes: (refused) => [...attachManagedPolicy(refused), ...fixRefusals(refused, 'msk-api')],
});
