import { kafkaConnectCalls } from '../../access/needed-calls.js';
import { defineCheck, skip } from '../define.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, describeRefusals, judgeKafkaCalls, withoutIam } from './support/access.js';

export default defineCheck({
  id: 'access.kafka-connect',
  title: 'The execution role may not connect to the cluster by IAM',
  severity: 'error',
  stage: 'login',
  needs: [...accessNeeds, 'auth', 'clusterIdentity', 'resourcePolicies'],
  judge: (facts) =>
    facts.auth.method === 'iam' ? judgeKafkaCalls(kafkaConnectCalls(facts.clusterIdentity), facts) : skip(withoutIam),
  describe: (refused) => describeRefusals(refused, 'on the cluster'),
  fixes: (refused) => fixRefusals(refused, 'kafka-connect'),
});
