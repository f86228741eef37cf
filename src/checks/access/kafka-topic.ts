import { callsOfCheck, callsToJudge } from '../../access/needed-calls.js';
import { defineCheck } from '../define.js';
import { iamPremises, missingTopic } from '../support/premises.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, judgeCallsInKafka, loginOf } from './support/access.js';
import { describeRefusals } from './support/describe-refusals.js';

export default defineCheck({
  id: 'access.kafka-topic',
  title: 'The execution role may not read the topic',
  severity: 'error',
  stage: 'authorization',
  indicator:
    'the role’s policies do not allow kafka-cluster:DescribeTopic and ReadData on the topic’s ARN; often the statement names the cluster’s ARN instead',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
  ],
  needs: [...accessNeeds, 'auth', 'clusterIdentity', 'topic', 'works'],
  restsOn: [missingTopic, ...iamPremises],
  judge(facts) {
    const calls = callsOfCheck('access.kafka-topic', { ...loginOf(facts), topic: facts.topic });
    return judgeCallsInKafka(callsToJudge(calls, facts.works), facts);
  },
  describe: (refused) => describeRefusals(refused),
  fixes: (refused) => fixRefusals(refused, 'kafka-topic'),
});
