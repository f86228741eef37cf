import { callsOfCheck } from '../../access/needed-calls.js';
import { connectionOf } from '../../subject/policy-subject-of-mapping.js';
import { defineCheck } from '../define.js';
import { clusterGone } from '../support/premises.js';
import { attachManagedPolicy, fixRefusals } from './support/access-fixes.js';
import { accessNeeds, judgeCalls } from './support/access.js';
import { describeRefusals } from './support/describe-refusals.js';

export default defineCheck({
  id: 'access.msk-api',
  title: 'The execution role may not describe the cluster or get its bootstrap brokers',
  severity: 'error',
  stage: 'control-plane',
  indicator: 'the role’s policies do not allow kafka:DescribeClusterV2 and kafka:GetBootstrapBrokers',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html'],
  needs: [...accessNeeds, 'clusterIdentity'],
  restsOn: [clusterGone],
  judge(facts) {
    const connectionArn = connectionOf(facts.eventSource);
    return judgeCalls(callsOfCheck('access.msk-api', { cluster: facts.clusterIdentity, connectionArn }), facts);
  },
  describe: (refused) => describeRefusals(refused),
  fixes: (refused) => [...attachManagedPolicy(refused), ...fixRefusals(refused, 'msk-api')],
});
