import { callsOfCheck } from '../../access/needed-calls.js';
import { valueOrNull } from '../../subject/fact.js';
import { interfacesOf } from '../../subject/policy-subject-of-mapping.js';
import { defineCheck } from '../define.js';
import { attachManagedPolicy, fixRefusals } from './support/access-fixes.js';
import { accessNeeds, judgeCalls } from './support/access.js';
import { describeRefusals } from './support/describe-refusals.js';

export default defineCheck({
  id: 'access.network-interfaces',
  title: 'The execution role may not manage the pollers’ network interfaces',
  severity: 'error',
  stage: 'control-plane',
  indicator: 'the role’s policies do not allow ec2:CreateNetworkInterface or an ec2:Describe… action',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html'],
  needs: [...accessNeeds, 'mapping'],
  mayUse: ['cluster'],
  judge(facts) {
    const { FunctionArn: functionArn = '' } = facts.mapping;
    const interfaces = interfacesOf(valueOrNull(facts.cluster));
    return judgeCalls(callsOfCheck('access.network-interfaces', { functionArn, interfaces }), facts);
  },
  describe: (refused) => describeRefusals(refused),
  fixes: (refused) => [...attachManagedPolicy(refused), ...fixRefusals(refused, 'network-interfaces')],
});
