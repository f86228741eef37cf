import { isServerless } from '../../access/kafka-arn.js';
import { callsOfCheck } from '../../access/needed-calls.js';
import { defineCheck, skip } from '../define.js';
import { iamPremises } from '../support/premises.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, describeRefusals, judgeCallsInKafka, loginOf } from './support/access.js';

export default defineCheck({
  id: 'access.kafka-cluster',
  title: 'The execution role may not read the configuration of the cluster by IAM',
  severity: 'warning',
  stage: 'authorization',
  indicator: 'the role’s policies lack kafka-cluster:DescribeClusterDynamicConfiguration',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
  ],
  needs: [...accessNeeds, 'auth', 'clusterIdentity'],
  restsOn: iamPremises,
  judge: (facts) =>
    facts.auth.method === 'iam' && isServerless(facts.clusterIdentity)
      ? skip('MSK Serverless does not know kafka-cluster:DescribeClusterDynamicConfiguration')
      : judgeCallsInKafka(callsOfCheck('access.kafka-cluster', loginOf(facts)), facts),
  describe: (refused) => describeRefusals(refused, 'on the cluster'),
  fixes: (refused) => fixRefusals(refused, 'kafka-cluster'),
});
