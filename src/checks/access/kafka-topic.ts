import { kafkaTopicCalls } from '../../access/needed-calls.js';
import { defineCheck, skip } from '../define.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, describeRefusals, judgeKafkaCalls, withoutIam } from './support/access.js';

export default defineCheck({
  id: 'access.kafka-topic',
  title: 'The execution role may not read the topic by IAM',
  severity: 'error',
  stage: 'authorization',
  needs: [...accessNeeds, 'auth', 'clusterIdentity', 'resourcePolicies', 'topic', 'works'],
  judge: (facts) =>
    facts.auth.method === 'iam'
      ? judgeKafkaCalls(kafkaTopicCalls(facts.clusterIdentity, facts.topic, facts.works), facts)
      : skip(withoutIam),
  describe: (refused) => describeRefusals(refused, 'on the mapping’s topic'),
  fixes: (refused) => fixRefusals(refused, 'kafka-topic'),
});
