import { callsOfCheck } from '../../access/needed-calls.js';
import { logGroupOf } from '../../subject/policy-subject-of-mapping.js';
import { defineCheck, skip } from '../define.js';
import { attachManagedPolicy, fixRefusals } from './support/access-fixes.js';
import { accessNeeds, judgeCalls } from './support/access.js';
import { describeRefusals } from './support/describe-refusals.js';

export default defineCheck({
  id: 'access.logs',
  title: 'The execution role may not write the function’s logs',
  severity: 'warning',
  stage: 'invoke',
  indicator: 'the role’s policies do not allow logs:PutLogEvents',
  docs: [
    'https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html',
    'https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs.html',
  ],
  needs: [...accessNeeds, 'function'],
  judge(facts) {
    const configuration = facts.function;
    if (configuration === null) return skip('the function does not exist: see function.state');
    const { FunctionArn: functionArn } = configuration;
    const logGroup = logGroupOf(functionArn, configuration);
    return judgeCalls(callsOfCheck('access.logs', { functionArn, logGroup }), facts);
  },
  describe: (refused) => describeRefusals(refused, 'for the function’s log group'),
  fixes: (refused) => [...attachManagedPolicy(refused), ...fixRefusals(refused, 'logs')],
});
