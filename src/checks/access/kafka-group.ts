import { callsOfCheck, callsToJudge } from '../../access/needed-calls.js';
import { defineCheck } from '../define.js';
import { iamPremises } from '../support/premises.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, judgeCallsInKafka, loginOf } from './support/access.js';
import { describeRefusals } from './support/describe-refusals.js';

export default defineCheck({
  id: 'access.kafka-group',
  title: 'The execution role may not use the consumer group',
  severity: 'error',
  stage: 'authorization',
  indicator:
    'the role’s policies do not allow kafka-cluster:DescribeGroup and AlterGroup on the group’s ARN; the group is named after the mapping’s UUID unless ConsumerGroupId is set',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
  ],
  needs: [...accessNeeds, 'auth', 'clusterIdentity', 'consumerGroup', 'works'],
  // A malformed group must be replaced, and the policy must name the new one.
  restsOn: ['mapping.consumer-group', ...iamPremises],
  judge(facts) {
    const calls = callsOfCheck('access.kafka-group', { ...loginOf(facts), group: facts.consumerGroup.id });
    return judgeCallsInKafka(callsToJudge(calls, facts.works), facts);
  },
  describe: (refused) => describeRefusals(refused),
  fixes: (refused) => fixRefusals(refused, 'kafka-group'),
});
