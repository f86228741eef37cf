import { callsOfCheck } from '../../access/needed-calls.js';
import { defineCheck } from '../define.js';
import { iamPremises } from '../support/premises.js';
import { fixRefusals } from './support/access-fixes.js';
import { accessNeeds, judgeCallsInKafka, loginOf } from './support/access.js';
import { describeRefusals } from './support/describe-refusals.js';

export default defineCheck({
  id: 'access.kafka-connect',
  title: 'The execution role may not connect to the cluster',
  severity: 'error',
  stage: 'login',
  indicator: 'the role’s policies do not allow kafka-cluster:Connect on the cluster’s ARN',
  docs: [
    'https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/msk-cluster-auth.html',
  ],
  needs: [...accessNeeds, 'auth', 'clusterIdentity'],
  restsOn: iamPremises,
  judge: (facts) => judgeCallsInKafka(callsOfCheck('access.kafka-connect', loginOf(facts)), facts),
  describe: (refused) => describeRefusals(refused),
  fixes: (refused) => fixRefusals(refused, 'kafka-connect'),
});
