import { isServerless } from '../../access/kafka-arn.js';
import { callsOfCheck } from '../../access/needed-calls.js';
import { defineCheck, skip } from '../define.js';
import { iamPremises } from '../support/premises.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, judgeCallsInKafka, loginOf } from './support/access.js';
import { describeRefusals } from './support/describe-refusals.js';

export default defineCheck({
  id: 'access.kafka-cluster',
  title: 'The execution role may not read the cluster configuration',
  // A note: mappings work without the permission.
  severity: 'info',
  stage: 'authorization',
  indicator: 'the role’s policies do not allow kafka-cluster:DescribeClusterDynamicConfiguration',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
  ],
  needs: [...accessNeeds, 'auth', 'clusterIdentity'],
  restsOn: iamPremises,
  judge: (facts) =>
    facts.auth.method === 'iam' && isServerless(facts.clusterIdentity)
      ? skip('MSK Serverless does not support kafka-cluster:DescribeClusterDynamicConfiguration')
      : judgeCallsInKafka(callsOfCheck('access.kafka-cluster', loginOf(facts)), facts),
  describe: (refused) => describeRefusals(refused),
  fixes: (refused) => fixRefusals(refused, 'kafka-cluster'),
});
