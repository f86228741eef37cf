import { kafkaGroupCalls } from '../../access/needed-calls.js';
import { defineCheck, skip } from '../define.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, describeRefusals, judgeKafkaCalls, withoutIam } from './support/access.js';

export default defineCheck({
  id: 'access.kafka-group',
  title: 'The execution role may not use the consumer group by IAM',
  severity: 'error',
  stage: 'authorization',
  needs: [...accessNeeds, 'auth', 'clusterIdentity', 'resourcePolicies', 'consumerGroup', 'works'],
  judge: (facts) =>
    facts.auth.method === 'iam'
      ? judgeKafkaCalls(kafkaGroupCalls(facts.clusterIdentity, facts.consumerGroup.id, facts.works), facts)
      : skip(withoutIam),
  describe: (refused) => describeRefusals(refused, 'on the mapping’s consumer group'),
  fixes: (refused) => fixRefusals(refused, 'kafka-group'),
});
