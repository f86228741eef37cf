import { isServerless, kafkaConfigurationCalls } from '../../access/needed-calls.js';
import { defineCheck, skip } from '../define.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, describeRefusals, judgeKafkaCalls, withoutIam } from './support/access.js';

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
  needs: [...accessNeeds, 'auth', 'clusterIdentity', 'resourcePolicies'],
  judge(facts) {
    if (facts.auth.method !== 'iam') return skip(withoutIam);
    if (isServerless(facts.clusterIdentity))
      return skip('MSK Serverless does not know kafka-cluster:DescribeClusterDynamicConfiguration');
    return judgeKafkaCalls(kafkaConfigurationCalls(facts.clusterIdentity), facts);
  },
  describe: (refused) => describeRefusals(refused, 'on the cluster'),
  fixes: (refused) => fixRefusals(refused, 'kafka-cluster'),
});
