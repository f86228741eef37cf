import { networkInterfaceCalls } from '../../access/needed-calls.js';
import { valueOrNull } from '../../subject/fact.js';
import { defineCheck } from '../define.js';
import { attachManagedPolicy, fixRefusals } from './support/access-fixes.js';
import { accessNeeds, accountOf, describeRefusals, interfacePlace, judgeCalls } from './support/access.js';

export default defineCheck({
  id: 'access.network-interfaces',
  title: 'The execution role may not manage the network interfaces of the pollers',
  severity: 'error',
  stage: 'control-plane',
  indicator: 'the role’s policies lack ec2:CreateNetworkInterface or an ec2:Describe… action',
  docs: ['https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html'],
  needs: accessNeeds,
  mayUse: ['cluster'],
  judge(facts) {
    const { partition, region } = facts.eventSource;
    return judgeCalls(
      networkInterfaceCalls({
        partition,
        region,
        account: accountOf(facts.rolePolicies.roleArn),
        ...interfacePlace(valueOrNull(facts.cluster)),
      }),
      facts,
    );
  },
  describe: (refused) => describeRefusals(refused, 'for the pollers’ network interfaces'),
  fixes: (refused) => [...attachManagedPolicy(refused), ...fixRefusals(refused, 'network-interfaces')],
});
