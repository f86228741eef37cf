import { kafkaGroupCalls } from '../../access/needed-calls.js';
import { defineCheck, skip } from '../define.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, describeRefusals, judgeKafkaCalls, withoutIam } from './support/access.js';

export default defineCheck({
  id: 'access.kafka-group',
  title: 'The execution role may not use the consumer group by IAM',
  severity: 'error',
  stage: 'authorization',
  indicator:
    'the role’s policies lack kafka-cluster:DescribeGroup or AlterGroup on the group’s ARN, whose name is the mapping’s UUID unless it has its own',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
  ],
  needs: [...accessNeeds, 'auth', 'clusterIdentity', 'resourcePolicies', 'consumerGroup', 'works'],
  judge: (facts) =>
    facts.auth.method === 'iam'
      ? judgeKafkaCalls(kafkaGroupCalls(facts.clusterIdentity, facts.consumerGroup.id, facts.works), facts)
      : skip(withoutIam),
  describe: (refused) => describeRefusals(refused, 'on the mapping’s consumer group'),
  fixes: (refused) => fixRefusals(refused, 'kafka-group'),
});
